import { eventCategories } from '../world/event-types.ts';
import { flag, keepsTo, listOf, oneOf, orNull, type Rule, type Shape } from './body-shape.ts';
import { objectOf } from './object-schema.ts';

/** An address that a webhook can be sent to. Kakao takes https only; on one machine http is all there is. */
export const webhookUrl: Rule = {
  must: 'be an http(s) URL without fragment',
  test: (value) => typeof value === 'string' && isWebhookUrl(value),
  schema: { type: 'string', format: 'uri' },
};

const members: Shape = {
  unlinkUrl: orNull(webhookUrl),
  unlinkMethod: oneOf('GET', 'POST'),
  accountStateUrl: orNull(webhookUrl),
  categories: listOf(oneOf(...eventCategories)),
  hold: flag,
};

/** The webhook settings of an app; those that are named are changed. */
export const webhookSettings: Rule = {
  must: `be an object in which ${Object.entries(members)
    .map(([name, { must }]) => `${name} must ${must}`)
    .join('; ')}`,
  test: (value) => keepsTo(members, value),
  schema: objectOf(members, []),
};

function isWebhookUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hash, username } = new URL(text);
  return ['http:', 'https:'].includes(protocol) && hash === '' && username === '';
}
