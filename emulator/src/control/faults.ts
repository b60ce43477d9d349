import { emptyReply, jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { addFault, dropFault } from '../world/faults.ts';
import type { World } from '../world/world.ts';
import { isProblem } from './body-shape.ts';
import { readFaultOrder } from './fault-order.ts';
import { problem } from './problem.ts';
import { shownFault } from './shown-fault.ts';

/** `GET /faults`: the faults still waiting. */
export function listFaults(_request: KakaoRequest, world: World): Reply {
  return jsonReply({ faults: world.faults.map(shownFault) });
}

/** `POST /faults`: the next request to `endpoint` (`times`, or `always`) goes wrong. 201. */
export function setFault(request: KakaoRequest, world: World): Reply {
  const order = readFaultOrder(request.body);
  if (isProblem(order)) return order;
  return jsonReply(
    shownFault(addFault(world.faults, order.endpoint, order.times, order.effect, order.condition)),
    201,
  );
}

/** `DELETE /faults`: forgets all faults, 204. */
export function clearFaults(_request: KakaoRequest, world: World): Reply {
  world.faults.length = 0;
  return emptyReply(204);
}

/** `DELETE /faults/:id`: forgets one, 204, 404. */
export function removeFault(_request: KakaoRequest, world: World, id: string): Reply {
  return dropFault(world.faults, id) ? emptyReply(204) : problem(404, `no fault ${id}`);
}
