import { type Attempt, type Delivery, logAttempt, type Webhooks } from '../world/webhook-log.ts';
import { now, type World } from '../world/world.ts';
import { send } from './send.ts';
import { judge } from './verdict.ts';

/** Sends a delivery, `times` copies at once, and notes every attempt. */
export function deliver(world: World, webhooks: Webhooks, delivery: Delivery, times = 1): Promise<Attempt[]> {
  return Promise.all(Array.from({ length: times }, () => attempt(world, webhooks, delivery)));
}

/** Notes a delivery without sending it. */
export function holdBack(world: World, webhooks: Webhooks, delivery: Delivery): Attempt {
  return logAttempt(webhooks, {
    delivery,
    time: now(world),
    durationMs: 0,
    status: null,
    accepted: null,
    verdict: 'held back, not sent',
    answer: '',
  });
}

async function attempt(world: World, webhooks: Webhooks, delivery: Delivery): Promise<Attempt> {
  const time = now(world);
  const timeoutMs = world.settings.webhookTimeoutMs;
  const started = performance.now();
  const outcome = await send(delivery, timeoutMs, webhooks.ended.signal);
  const answered = outcome.kind === 'answered';
  return logAttempt(webhooks, {
    delivery,
    time,
    durationMs: Math.round((performance.now() - started) * 100) / 100,
    status: answered ? outcome.status : null,
    answer: answered ? outcome.body : '',
    ...judge(delivery.kind, outcome, timeoutMs),
  });
}
