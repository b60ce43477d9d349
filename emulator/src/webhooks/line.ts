import type { Webhooks } from '../world/webhook-log.ts';

/** Beyond so many waiting messages further ones are dropped, so that memory stays flat. */
const MOST_WAITING = 1_000;

/**
 * Runs a job after everything that this app has waiting, so that its messages keep their order. Resolves to `undefined`
 * when the job was dropped because too many wait, or because the world was reset meanwhile.
 */
export function lineUp<T>(webhooks: Webhooks, appId: number, job: () => Promise<T>): Promise<T | undefined> {
  if (webhooks.waiting >= MOST_WAITING) {
    webhooks.dropped += 1;
    return Promise.resolve(undefined);
  }
  webhooks.waiting += 1;
  const run = async () => {
    try {
      return webhooks.ended.signal.aborted ? undefined : await job();
    } finally {
      webhooks.waiting -= 1;
    }
  };
  const before = webhooks.lines.get(appId) ?? Promise.resolve();
  const mine = before.then(run);
  webhooks.lines.set(appId, mine);
  return mine;
}

/** Resolves when nothing is waiting or under way. */
export async function allSent(webhooks: Webhooks): Promise<void> {
  while (webhooks.waiting > 0) await Promise.all(webhooks.lines.values());
}
