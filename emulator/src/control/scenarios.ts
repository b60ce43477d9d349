import type { Scenario } from '../scenarios/scenario.ts';
import { applyScenario } from '../scenarios/scenario.ts';
import { scenarios } from '../scenarios/scenarios.ts';
import type { World } from '../world/world.ts';
import { faultList, shownFault } from './faults.ts';
import { howOften, kakaoPath, refuseTimesWithAlways, userId } from './fields.ts';
import { namedClient, namedUser } from './named.ts';
import { type ControlRoutes, operation } from './operation.ts';
import { Problem } from './problem.ts';
import { answered, component, flag, list, object, partial, type TypeOf, text, texts } from './schema.ts';

/** For whom, where and how often. */
export const scenarioOrder = partial({ endpoint: kakaoPath, userId, clientId: text, ...howOften });
type ScenarioOrder = TypeOf<typeof scenarioOrder>;

/** A failure that has a name. */
export const listedScenario = component(
  'Scenario',
  object({
    name: text,
    what: text,
    code: answered<string | number | null>({ type: ['string', 'integer', 'null'] }),
    endpoint: text,
    endpoints: texts,
    everywhere: flag,
    source: text,
  }),
);

/** Failures by name. */
export const scenarioRoutes: ControlRoutes = {
  scenarios: {
    GET: operation({
      summary: 'Every failure that has a name',
      answer: object({ scenarios: list(listedScenario) }),
      handle: () => ({ scenarios: scenarios.map(shown) }),
    }),
  },
  'scenarios/:scenario': {
    POST: operation({
      summary: 'Turns one on; DELETE /faults turns all off',
      body: scenarioOrder,
      answer: component('ScenarioOn', object({ scenario: text, ...faultList.members })),
      status: 201,
      handle: ({ world, id, body }) => turnOn(world, id, body),
    }),
  },
};

function turnOn(world: World, name: string, body: () => ScenarioOrder) {
  const scenario = scenarios.find((it) => it.name === name);
  if (!scenario) throw new Problem(404, `no scenario ${name}`);
  const order = body();
  refuseTimesWithAlways(order);
  const { endpoint, userId: user, clientId } = order;
  if (endpoint !== undefined && !scenario.endpoints.includes(endpoint))
    throw new Problem(400, `${name} happens at ${scenario.endpoints.join(', ')}`, 'endpoint');
  if (user !== undefined) namedUser(user, world);
  if (clientId !== undefined) namedClient(clientId, world);
  return { scenario: name, faults: applyScenario(world, scenario, order).map(shownFault) };
}

function shown({ effect: _, what, ...scenario }: Scenario): TypeOf<typeof listedScenario> {
  return { ...scenario, what: what.en, endpoint: scenario.endpoints[0] ?? '' };
}
