import { fidelity } from '../fidelity.ts';
import { named } from '../json.ts';
import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { World } from '../world/world.ts';
import { appKeyRoutes } from './app-keys.ts';
import { appRoutes } from './apps.ts';
import { approvalRoutes } from './auto-approve.ts';
import { clockRoutes } from './clock.ts';
import { faultRoutes } from './faults.ts';
import { namespaceRoutes } from './namespaces.ts';
import { openApiDocument } from './openapi.ts';
import { type ControlRoutes, type Operation, operation } from './operation.ts';
import { Problem, problemReply } from './problem.ts';
import { requestRoutes } from './requests.ts';
import { scenarioRoutes } from './scenarios.ts';
import { answered, anyObject } from './schema.ts';
import { settingsRoutes } from './settings.ts';
import { signingKeyRoutes } from './signing-keys.ts';
import { snapshotRoutes } from './snapshot.ts';
import { tokenRoutes } from './tokens.ts';
import { userRoutes } from './users.ts';
import { webhookRoutes } from './webhooks.ts';

const ROOT = '/__emulator/v1/';

/** Every operation: what is dispatched, and what the OpenAPI document says. */
const routes: ControlRoutes = {
  ...snapshotRoutes,
  ...userRoutes,
  ...appRoutes,
  ...appKeyRoutes,
  ...tokenRoutes,
  ...approvalRoutes,
  ...faultRoutes,
  ...scenarioRoutes,
  ...requestRoutes,
  ...webhookRoutes,
  ...settingsRoutes,
  fidelity: {
    GET: operation({
      summary: 'What is done of Kakao, and how sure that is',
      answer: answered({ type: 'object' }),
      handle: () => ({ endpoints: fidelity }),
    }),
  },
  ...signingKeyRoutes,
  ...namespaceRoutes,
  ...clockRoutes,
  'openapi.json': {
    GET: operation({
      summary: 'This document',
      answer: anyObject,
      handle: ({ world }) => openApiDocument(routes, world.basePath + ROOT.slice(0, -1)),
    }),
  },
};

/** By path with `:` for every segment that names something. */
const byPattern = new Map(
  Object.entries(routes).map(([path, methods]) => [path.replace(/:\w+/g, ':'), methods]),
);

/** The control API `/__emulator/v1`; refusals are problem documents. Who may use it: `server/guard.ts`. */
export async function control(request: KakaoRequest, world: World): Promise<Reply> {
  try {
    const [, id = '', , subId = ''] = segmentsOf(request);
    return await operationFor(request).reply({ request, world, id, subId });
  } catch (error) {
    return problemReply(error);
  }
}

function segmentsOf({ path }: KakaoRequest): string[] {
  return path.slice(ROOT.length).split('/');
}

function operationFor(request: KakaoRequest): Operation {
  const segments = segmentsOf(request);
  const pattern = segments.map((segment, at) => (at % 2 === 1 && segment !== '' ? ':' : segment)).join('/');
  const methods = byPattern.get(segments.join('/')) ?? byPattern.get(pattern);
  if (!methods) throw new Problem(404, `no such control path: ${request.path}`);
  const found = methods[request.method];
  if (!found) throw new Problem(405, `use ${Object.keys(methods).join(' or ')}`);
  // An unknown parameter would have no effect, and the caller would not notice.
  const odd = [...request.query.keys()].find((name) => named(found.query ?? {}, name) === undefined);
  if (odd !== undefined) throw new Problem(400, `${odd} is unknown`, odd);
  return found;
}
