import { type EventCategory, eventCategories } from './event-types.ts';

/** Where an app wants to hear from Kakao ([App] > [Webhook]); without a URL nothing is sent. */
export interface WebhookSettings {
  unlinkUrl: string | null;
  unlinkMethod: 'GET' | 'POST';
  accountStateUrl: string | null;
  /** The families of events sent to `accountStateUrl`. At Kakao all but OAUTH need a permission. */
  categories: EventCategory[];
  /** Only notes what would be sent, so that a test can send it late, never or in another order. */
  hold: boolean;
}

/** No URLs, POST, every category, changed by `settings`. */
export function makeWebhookSettings(settings: Partial<WebhookSettings> = {}): WebhookSettings {
  return {
    unlinkUrl: null,
    unlinkMethod: 'POST',
    accountStateUrl: null,
    categories: [...eventCategories],
    hold: false,
    ...settings,
  };
}
