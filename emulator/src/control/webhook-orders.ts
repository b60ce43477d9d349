import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { fire, resend } from '../webhooks/fire.ts';
import { type Attempt, type Delivery, failedDeliveries, findDelivery } from '../world/webhook-log.ts';
import type { World } from '../world/world.ts';
import { viewAttempt } from './attempt-view.ts';
import { flag, isProblem, listOf, readBody, type Shape, text, whole } from './body-shape.ts';
import { problem } from './problem.ts';
import { MOST_COPIES, readFireOrder } from './webhook-fire-order.ts';

interface Again {
  readonly deliveries: string[];
  readonly times?: number;
  readonly wait?: boolean;
}

/** Which webhooks are sent again. */
export const replayOrder: Shape = { deliveries: listOf(text), times: whole(1, MOST_COPIES), wait: flag };

/** Whether to wait until they are sent. */
export const retryOrder: Shape = { wait: flag };

/** `POST /webhooks/fire`: sends a webhook although nothing has happened, or a spoilt one: `{"attempts"}`. */
export function fireWebhook(request: KakaoRequest, world: World): Reply | Promise<Reply> {
  const order = readFireOrder(request.body, world);
  return isProblem(order) ? order : answer(fire(world, order), order.wait);
}

/** `POST /webhooks/replay`: the same bytes again, in the order given, each in `times` copies at once: `{"attempts"}`. */
export function replayWebhooks(request: KakaoRequest, world: World): Reply | Promise<Reply> {
  const order = readBody<Again>(request.body, replayOrder, ['deliveries']);
  if (isProblem(order)) return order;
  const deliveries: Delivery[] = [];
  for (const id of order.deliveries) {
    const delivery = findDelivery(world.webhooks, id);
    if (!delivery) return problem(400, `no delivery ${id}`, 'deliveries');
    deliveries.push(delivery);
  }
  return answer(resend(world, deliveries, order.times), order.wait);
}

/** `POST /webhooks/retry`: sends again what was not accepted at its latest attempt; Kakao itself never does. */
export function retryWebhooks(request: KakaoRequest, world: World): Reply | Promise<Reply> {
  const order = readBody<Pick<Again, 'wait'>>(request.body, retryOrder);
  if (isProblem(order)) return order;
  return answer(resend(world, failedDeliveries(world.webhooks)), order.wait);
}

/** 200 with the attempts when they have been made, or 202 at once. */
async function answer(attempts: Promise<Attempt[]>, wait = true): Promise<Reply> {
  return wait ? jsonReply({ attempts: (await attempts).map(viewAttempt) }) : jsonReply({}, 202);
}
