import type { Scenario } from '../scenarios/scenario.ts';
import { applyScenario, type ScenarioOrder } from '../scenarios/scenario.ts';
import { scenarios } from '../scenarios/scenarios.ts';
import { toJson } from '../server/json.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { World } from '../world/world.ts';
import { isProblem, readBody, type Shape, text, userId } from './body-shape.ts';
import { howOften, howOftenProblem } from './how-often.ts';
import { kakaoPath } from './kakao-path.ts';
import { namedClient, namedUser } from './named-app.ts';
import { problem } from './problem.ts';
import { shownFault } from './shown-fault.ts';

/** For whom, where and how often. */
export const scenarioOrder: Shape = {
  endpoint: kakaoPath,
  userId,
  clientId: text,
  ...howOften,
};

/** `GET /scenarios`: `{"scenarios": [{"name", "what", "code", "endpoint", "endpoints", "everywhere", "source"}]}`. */
export function listScenarios(_request: KakaoRequest, _world: World): Reply {
  return jsonReply({ scenarios: scenarios.map(shown) });
}

/** `POST /scenarios/:name`: turns one on; what it does are faults, which `DELETE /faults` clears. 201, 404. */
export function turnOnScenario(request: KakaoRequest, world: World, name: string): Reply {
  const scenario = scenarios.find((it) => it.name === name);
  if (!scenario) return problem(404, `no scenario ${name}`);
  const order = readBody<ScenarioOrder>(request.body, scenarioOrder);
  if (isProblem(order)) return order;
  const wrong = howOftenProblem(order) ?? orderProblem(order, scenario, world);
  if (wrong) return wrong;
  return jsonReply({ scenario: name, faults: applyScenario(world, scenario, order).map(shownFault) }, 201);
}

function orderProblem(order: ScenarioOrder, scenario: Scenario, world: World): Reply | undefined {
  const { endpoint, userId: user, clientId } = order;
  if (endpoint !== undefined && !scenario.endpoints.includes(endpoint))
    return problem(400, `${scenario.name} happens at ${scenario.endpoints.join(', ')}`, 'endpoint');
  const named = [
    user === undefined ? undefined : namedUser(user, world),
    clientId === undefined ? undefined : namedClient(clientId, world),
  ];
  return named.find((it): it is Reply => it !== undefined && isProblem(it));
}

function shown({ effect: _, ...scenario }: Scenario) {
  return toJson({ ...scenario, endpoint: scenario.endpoints[0] });
}
