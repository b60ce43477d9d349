import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { World } from '../world/world.ts';
import { addAdminKey, deleteAdminKey, patchAdminKey } from './admin-keys.ts';
import { listAppUsers } from './app-users.ts';
import { addApp, deleteApp, listApps, patchApp, showApp } from './apps.ts';
import { addApproval, clearApprovals, listApprovals } from './auto-approve.ts';
import { advanceClock, patchClock, resetClock, showClock } from './clock.ts';
import { clearFaults, listFaults, setFault } from './faults.ts';
import { showFidelity } from './fidelity.ts';
import { guardRefusal } from './guard.ts';
import { rotate } from './keys.ts';
import { watchLog } from './live-requests.ts';
import { closeNamespace, listNamespaces, openNamespace } from './namespaces.ts';
import { addPlatformKey, deletePlatformKey, patchPlatformKey } from './platform-keys.ts';
import { problem } from './problem.ts';
import { archiveLog, clearLog, showLog } from './requests.ts';
import { reset } from './reset.ts';
import { patchSettings, showSettings } from './settings.ts';
import { mintTokens } from './tokens.ts';
import { addUser, deleteUser, listUsers, patchUser, unlinkUser } from './users.ts';
import { waitForRequest } from './wait-for-request.ts';
import { fireWebhook, replayWebhooks, retryWebhooks } from './webhook-orders.ts';
import { clearWebhooks, listWebhooks, webhooksIdle } from './webhooks.ts';

/** Answers one method of one control path; `id` and `subId` are the segments that name things. */
type ControlHandler = (
  request: KakaoRequest,
  world: World,
  id: string,
  subId: string,
) => Reply | Promise<Reply>;

const ROOT = '/__emulator/v1/';

/** By path below the root, then by method; `:id` stands for every second segment. */
const routes: Readonly<Record<string, Readonly<Record<string, ControlHandler>>>> = {
  reset: { POST: reset },
  users: { GET: listUsers, POST: addUser },
  'users/:id': { PATCH: patchUser, DELETE: deleteUser },
  'users/:id/unlink': { POST: unlinkUser },
  apps: { GET: listApps, POST: addApp },
  'apps/:id': { GET: showApp, PATCH: patchApp, DELETE: deleteApp },
  'apps/:id/users': { GET: listAppUsers },
  'apps/:id/keys': { POST: addPlatformKey },
  'apps/:id/keys/:id': { PATCH: patchPlatformKey, DELETE: deletePlatformKey },
  'apps/:id/admin-keys': { POST: addAdminKey },
  'apps/:id/admin-keys/:id': { PATCH: patchAdminKey, DELETE: deleteAdminKey },
  tokens: { POST: mintTokens },
  'auto-approve': { GET: listApprovals, POST: addApproval, DELETE: clearApprovals },
  faults: { GET: listFaults, POST: setFault, DELETE: clearFaults },
  requests: { GET: showLog, DELETE: clearLog },
  'requests.har': { GET: archiveLog },
  'requests/wait': { GET: waitForRequest },
  'requests/live': { GET: watchLog },
  settings: { GET: showSettings, PATCH: patchSettings },
  fidelity: { GET: showFidelity },
  'keys/rotate': { POST: rotate },
  namespaces: { GET: listNamespaces, POST: openNamespace },
  'namespaces/:id': { DELETE: closeNamespace },
  clock: { GET: showClock, PATCH: patchClock, DELETE: resetClock },
  'clock/advance': { POST: advanceClock },
  webhooks: { GET: listWebhooks, DELETE: clearWebhooks },
  'webhooks/idle': { GET: webhooksIdle },
  'webhooks/fire': { POST: fireWebhook },
  'webhooks/replay': { POST: replayWebhooks },
  'webhooks/retry': { POST: retryWebhooks },
};

/** The control API `/__emulator/v1`, for this machine only; refusals are problem documents. */
export function control(request: KakaoRequest, world: World): Reply | Promise<Reply> {
  const refusal = guardRefusal(request, world);
  if (refusal) return refusal;
  const path = request.path.slice(ROOT.length);
  const segments = path.split('/');
  const pattern = segments.map((segment, at) => (at % 2 === 1 && segment !== '' ? ':id' : segment)).join('/');
  const [, id = '', , subId = ''] = segments;
  const methods = routes[path] ?? routes[pattern];
  if (!methods) return problem(404, `no such control path: ${request.path}`);
  const handler = methods[request.method];
  return handler
    ? handler(request, world, id, subId)
    : problem(405, `use ${Object.keys(methods).join(' or ')}`);
}
