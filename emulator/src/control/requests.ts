import type { JsonObject } from '../server/json.ts';
import { emptyReply, jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { clearRequests, type LoggedRequest, loggedRequests } from '../world/request-log.ts';
import type { World } from '../world/world.ts';

/** Names whose values say nothing secret; every other value is masked. */
const plain = new Set(
  'client_id grant_type redirect_uri logout_redirect_uri response_type scope prompt code_challenge_method target_id_type target_id secure_resource property_keys scopes user item decision choice accept content-type host user-agent content-length origin'.split(
    ' ',
  ),
);

/** `GET /requests?path=`: `{"requests": […]}`, oldest first, of the last 500; secrets are masked. */
export function showLog(request: KakaoRequest, world: World): Reply {
  const path = request.query.get('path');
  const entries = loggedRequests(world.requests).filter((entry) => path === null || entry.path === path);
  return jsonReply({ requests: entries.map(shown) });
}

/** `DELETE /requests`: forgets them, 204. */
export function clearLog(_request: KakaoRequest, world: World): Reply {
  clearRequests(world.requests);
  return emptyReply(204);
}

function shown(entry: LoggedRequest): JsonObject {
  const { id, method, path, status, code, faultId } = entry;
  return {
    id,
    time: new Date(entry.time).toISOString(),
    durationMs: Math.round(entry.durationMs * 100) / 100,
    method,
    path,
    status,
    code,
    faultId,
    query: masked(entry.query),
    formFields: [...entry.form.keys()],
    form: masked(entry.form),
    headers: masked(Object.entries(entry.headers).map(([name, value]) => [name, String(value)])),
  };
}

function masked(pairs: Iterable<readonly [string, string]>): JsonObject {
  return Object.fromEntries([...pairs].map(([name, value]) => [name, plain.has(name) ? value : mask(value)]));
}

/** The scheme of an `Authorization` header, or the first four characters, and the length. */
function mask(value: string): string {
  const shown = /^(Bearer|KakaoAK|Basic) /.exec(value)?.[0] ?? value.slice(0, value.length > 12 ? 4 : 0);
  return `${shown}… (${value.length})`;
}
