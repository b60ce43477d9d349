import type { AttemptsMade, ShownAttempt, WebhookOrder } from '../src/client.ts';
import type { Browser } from './browser.ts';
import type { Person } from './kakao.ts';
import { addressOf, freshBrowser, logIn, type Patient } from './patient.ts';

/** A webhook that Kakao has sent, and how it was answered. */
export type Delivered = ShownAttempt;

/** Makes Kakao send a webhook about a person to a path of the app; `order` as for `POST /webhooks/fire`. */
export async function fire(
  patient: Patient,
  person: Person,
  path: string,
  order: Partial<WebhookOrder>,
): Promise<Delivered> {
  const { kakao, app } = patient;
  const about = { userId: person.id, clientId: app.clientId, url: addressOf(patient, path), wait: true };
  return firstOf(await kakao.ask(({ webhooks }) => webhooks.fire({ ...about, ...order })));
}

/** Makes Kakao send the same bytes again. */
export async function fireAgain({ kakao }: Patient, { delivery }: Delivered): Promise<Delivered> {
  const order = { deliveries: [delivery], wait: true };
  return firstOf(await kakao.ask(({ webhooks }) => webhooks.replay(order)));
}

/** Somebody new who is signed in. */
export async function newcomer(patient: Patient): Promise<{ browser: Browser; person: Person }> {
  const person = await patient.kakao.person('Linked');
  const browser = freshBrowser(patient);
  await logIn(patient, browser, person);
  return { browser, person };
}

/** The crash of a receiver that did not answer, or with a server error. */
export function crashOfReceiver({ status, verdict }: Delivered): { crash: string } | null {
  return status === null || status >= 500 ? { crash: `the receiver crashed: ${verdict}` } : null;
}

function firstOf({ attempts = [] }: AttemptsMade): Delivered {
  const [first] = attempts;
  if (!first) throw new TypeError('the local Kakao sent nothing');
  return first;
}
