import { named } from '../server/json.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { World } from '../world/world.ts';
import { guardRefusal } from './guard.ts';
import { openApiDocument } from './openapi.ts';
import { type ControlRoutes, type Operation, operation } from './operation.ts';
import { problem } from './problem.ts';
import { controlRoutes } from './routes.ts';

const ROOT = '/__emulator/v1/';

const routes: ControlRoutes = {
  ...controlRoutes,
  'openapi.json': {
    GET: operation(showOpenApi, 'This document', { answer: { type: 'object' } }),
  },
};

/** By path with `:` for every segment that names something. */
const byPattern = new Map(
  Object.entries(routes).map(([path, methods]) => [path.replace(/:\w+/g, ':'), methods]),
);

/** The control API `/__emulator/v1`, for this machine only; refusals are problem documents. */
export function control(request: KakaoRequest, world: World): Reply | Promise<Reply> {
  const refusal = guardRefusal(request, world);
  if (refusal) return refusal;
  const path = request.path.slice(ROOT.length);
  const segments = path.split('/');
  const pattern = segments.map((segment, at) => (at % 2 === 1 && segment !== '' ? ':' : segment)).join('/');
  const [, id = '', , subId = ''] = segments;
  const methods = byPattern.get(path) ?? byPattern.get(pattern);
  if (!methods) return problem(404, `no such control path: ${request.path}`);
  const asked = methods[request.method];
  if (!asked) return problem(405, `use ${Object.keys(methods).join(' or ')}`);
  return queryProblem(request, asked) ?? asked.handle(request, world, id, subId);
}

/** A parameter that the operation does not have would do nothing, and nobody would notice. */
function queryProblem({ query }: KakaoRequest, { query: known = {} }: Operation): Reply | undefined {
  const odd = [...query.keys()].find((name) => named(known, name) === undefined);
  return odd === undefined ? undefined : problem(400, `${odd} is unknown`, odd);
}

function showOpenApi(_request: KakaoRequest, { basePath }: World): Reply {
  return jsonReply(openApiDocument(routes, `${basePath}${ROOT.slice(0, -1)}`));
}
