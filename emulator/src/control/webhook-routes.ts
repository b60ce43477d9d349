import { listed } from './answers.ts';
import { type ControlRoutes, operation } from './operation.ts';
import { fireOrder } from './webhook-fire-order.ts';
import { fireWebhook, replayOrder, replayWebhooks, retryOrder, retryWebhooks } from './webhook-orders.ts';
import { clearWebhooks, listWebhooks, webhooksIdle } from './webhooks.ts';

const attempts = listed('attempts', 'WebhookAttempt');

/** Webhooks to apps. */
export const webhookRoutes: ControlRoutes = {
  webhooks: {
    GET: operation(listWebhooks, 'What apps listen to, what waits, and the last 500 attempts', {
      query: { user: 'a user id', kind: '"unlink" or "account-state"', delivery: 'the id of one delivery' },
      answer: { ...attempts, additionalProperties: true },
    }),
    DELETE: operation(clearWebhooks, 'Forgets the attempts'),
  },
  'webhooks/idle': { GET: operation(webhooksIdle, 'Answers once everything has been sent') },
  'webhooks/fire': {
    POST: operation(fireWebhook, 'Sends a webhook although nothing has happened, or a spoilt one', {
      body: fireOrder,
      required: ['userId'],
      answer: attempts,
    }),
  },
  'webhooks/replay': {
    POST: operation(replayWebhooks, 'Sends the same bytes again', {
      body: replayOrder,
      required: ['deliveries'],
      answer: attempts,
    }),
  },
  'webhooks/retry': {
    POST: operation(retryWebhooks, 'Sends again what was not accepted', {
      body: retryOrder,
      answer: attempts,
    }),
  },
};
