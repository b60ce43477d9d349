import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { World } from '../world/world.ts';
import { listApps, patchApp } from './apps.ts';
import { addApproval, clearApprovals, listApprovals } from './auto-approve.ts';
import { advanceClock, patchClock, resetClock, showClock } from './clock.ts';
import { clearFaults, listFaults, setFault } from './faults.ts';
import { guardRefusal } from './guard.ts';
import { rotate } from './keys.ts';
import { closeNamespace, listNamespaces, openNamespace } from './namespaces.ts';
import { problem } from './problem.ts';
import { clearLog, showLog } from './requests.ts';
import { reset } from './reset.ts';
import { patchSettings, showSettings } from './settings.ts';
import { mintTokens } from './tokens.ts';
import { addUser, deleteUser, listUsers, patchUser } from './users.ts';

/** Answers one method of one control path; `id` is the last segment of paths that name one thing. */
type ControlHandler = (request: KakaoRequest, world: World, id: string) => Reply | Promise<Reply>;

const ROOT = '/__emulator/v1/';

/** By path below the root, then by method; `:id` stands for one segment. */
const routes: Readonly<Record<string, Readonly<Record<string, ControlHandler>>>> = {
  reset: { POST: reset },
  users: { GET: listUsers, POST: addUser },
  'users/:id': { PATCH: patchUser, DELETE: deleteUser },
  apps: { GET: listApps },
  'apps/:id': { PATCH: patchApp },
  tokens: { POST: mintTokens },
  'auto-approve': { GET: listApprovals, POST: addApproval, DELETE: clearApprovals },
  faults: { GET: listFaults, POST: setFault, DELETE: clearFaults },
  requests: { GET: showLog, DELETE: clearLog },
  settings: { GET: showSettings, PATCH: patchSettings },
  'keys/rotate': { POST: rotate },
  namespaces: { GET: listNamespaces, POST: openNamespace },
  'namespaces/:id': { DELETE: closeNamespace },
  clock: { GET: showClock, PATCH: patchClock, DELETE: resetClock },
  'clock/advance': { POST: advanceClock },
};

/** The control API `/__emulator/v1`, for this machine only; refusals are problem documents. */
export function control(request: KakaoRequest, world: World): Reply | Promise<Reply> {
  const refusal = guardRefusal(request, world);
  if (refusal) return refusal;
  const path = request.path.slice(ROOT.length);
  const [head = '', id = ''] = path.split('/');
  const methods = routes[path] ?? (id === '' ? undefined : routes[`${head}/:id`]);
  if (!methods) return problem(404, `no such control path: ${request.path}`);
  const handler = methods[request.method];
  return handler ? handler(request, world, id) : problem(405, `use ${Object.keys(methods).join(' or ')}`);
}
