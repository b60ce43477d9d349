import { setTimeout as delay } from 'node:timers/promises';
import { toJson } from '../server/json.ts';
import { emptyReply, jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { allSent } from '../webhooks/deliver.ts';
import type { World } from '../world/world.ts';
import { viewAttempt } from './attempt-view.ts';
import { problem } from './problem.ts';

const MOST_WAIT_MS = 60_000;

/** `GET /webhooks?user=&kind=&delivery=`: what apps listen to, what waits, and the last 500 attempts, oldest first. */
export function listWebhooks({ query }: KakaoRequest, { apps, webhooks }: World): Reply {
  const [user, kind, id] = ['user', 'kind', 'delivery'].map((name) => query.get(name));
  if (kind && kind !== 'unlink' && kind !== 'account-state')
    return problem(400, 'kind must be unlink or account-state', 'kind');
  const attempts = webhooks.attempts.filter(
    ({ delivery }) =>
      (!user || delivery.userId === user) && (!kind || delivery.kind === kind) && (!id || delivery.id === id),
  );
  return jsonReply({
    apps: apps.map(({ appId, webhooks: settings }) => ({ appId, ...(toJson(settings) as object) })),
    waiting: webhooks.waiting,
    dropped: webhooks.dropped,
    attempts: attempts.map(viewAttempt),
  });
}

/** `DELETE /webhooks`: forgets the attempts, 204. */
export function clearWebhooks(_request: KakaoRequest, world: World): Reply {
  world.webhooks.attempts.length = 0;
  return emptyReply(204);
}

/** `GET /webhooks/idle`: answers once everything has been sent, 204, or 503 after 60 seconds. */
export async function webhooksIdle(_request: KakaoRequest, { webhooks }: World): Promise<Reply> {
  const patience = new AbortController();
  const waited = delay(MOST_WAIT_MS, 'late', { signal: patience.signal });
  const outcome = await Promise.race([allSent(webhooks), waited]);
  patience.abort();
  waited.catch(() => undefined);
  return outcome === 'late'
    ? problem(503, `${webhooks.waiting} webhooks are still waiting`)
    : emptyReply(204);
}
