import { listed, the } from './answers.ts';
import { type ControlRoutes, operation } from './operation.ts';
import { listScenarios, scenarioOrder, turnOnScenario } from './scenarios.ts';

/** Failures by name. */
export const scenarioRoutes: ControlRoutes = {
  scenarios: {
    GET: operation(listScenarios, 'Every failure that has a name', {
      answer: listed('scenarios', 'Scenario'),
    }),
  },
  'scenarios/:scenario': {
    POST: operation(turnOnScenario, 'Turns one on; DELETE /faults turns all off', {
      body: scenarioOrder,
      answer: the('ScenarioOn'),
      status: 201,
    }),
  },
};
