import type { Attempt, Delivery } from '../world/webhook-log.ts';
import type { World } from '../world/world.ts';
import { deliver } from './deliver.ts';
import { lineUp } from './line.ts';

/** Sends deliveries again byte for byte, in the given order, each in `times` copies at once. */
export async function resend(world: World, deliveries: readonly Delivery[], times = 1): Promise<Attempt[]> {
  const { webhooks } = world;
  const attempts: Attempt[] = [];
  for (const delivery of deliveries) {
    const made = await lineUp(webhooks, delivery.appId, () => deliver(world, webhooks, delivery, times));
    attempts.push(...(made ?? []));
  }
  return attempts;
}
