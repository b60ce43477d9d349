import type { WebhookOrder } from '../../src/client.ts';
import { type Patient, whoIs } from '../patient.ts';
import { isStill } from '../symptoms.ts';
import { type Case, type Finding, finding, notApplicable } from '../verdict.ts';
import { crashOfReceiver, type Delivered, fire, fireAgain, newcomer } from '../webhook.ts';

const source = 'Kakao: callback, unlink webhook';
const unnamed = 'no receiver of unlink webhooks is known: name it with --unlink-webhook PATH';

type Row = readonly [id: string, title: string, order: Partial<WebhookOrder>, why: string, mend: string];

const keyMend = 'Compare the whole Authorization header with “KakaoAK <primary admin key>” in constant time.';
const keyWhy =
  'Only the admin key shows that Kakao is calling; without the check anybody can throw out anybody';

/** Webhooks that must have no effect. */
const rows: readonly Row[] = [
  ['wrong-key', 'with a wrong key', { flaw: 'wrong-admin-key' }, keyWhy, keyMend],
  ['no-key', 'without a key', { flaw: 'no-authorization' }, keyWhy, keyMend],
  [
    'wrong-app',
    'for another app',
    { flaw: 'wrong-app-id' },
    'User ids are ids within one app: the same number in another app is somebody else',
    'Compare app_id with your own.',
  ],
  [
    'two-people',
    'with two user_ids',
    { flaw: 'repeated-user-id' },
    'Kakao names one person; which of two is meant is anybody’s guess (OWASP: HTTP parameter pollution)',
    'Require every field exactly once.',
  ],
];

/** The webhook by which Kakao says that a person has cut the link. */
export const unlinkWebhookCases: readonly Case[] = [
  ...rows.map(
    ([id, title, order, why, mend]): Case => ({
      id: `unlink-${id}`,
      title: `An unlink webhook ${title}`,
      kind: 'vulnerable',
      why: `${why} (${source}).`,
      mend,
      run: (patient) => withoutEffect(patient, title, order),
    }),
  ),
  {
    id: 'unlink-rest-key',
    title: 'An unlink webhook with the REST API key',
    kind: 'vulnerable',
    why: `The REST API key is in every authorize address, so everybody knows it (${source}).`,
    mend: keyMend,
    run: (patient) => {
      const headers = { Authorization: `KakaoAK ${patient.app.clientId}` };
      return withoutEffect(patient, 'with the REST API key in place of the admin key', { headers });
    },
  },
  {
    id: 'unlink-genuine',
    title: 'A genuine unlink webhook, twice',
    kind: 'broken',
    why: `The person has cut the link: their session must end, and Kakao wants 200 within 3 s, whether the person is known or not (${source}).`,
    mend: 'Delete or detach the person, end their sessions, answer 200; take a repeated call for done.',
    run: genuine,
  },
  {
    id: 'unlink-unknown-person',
    title: 'An unlink webhook for somebody unknown',
    kind: 'broken',
    why: `Kakao wants 200 also for people whom the app does not know; failing webhooks are paused (${source}).`,
    mend: 'Answer 200 when there is nothing to do.',
    run: async (patient) => {
      const stranger = await patient.kakao.person('Stranger');
      const answer = await notice(patient, stranger, {});
      if (!answer) return notApplicable(unnamed);
      const wrong = answer.accepted ? null : answer.verdict;
      return finding('the right key with a user_id that never logged in', wrong, answer.verdict);
    },
  },
];

async function withoutEffect(patient: Patient, what: string, order: Partial<WebhookOrder>): Promise<Finding> {
  const { browser, person } = await newcomer(patient);
  const answer = await notice(patient, person, order);
  if (!answer) return notApplicable(unnamed);
  const still = isStill(await whoIs(patient, browser, person), person);
  const wrong = still ? crashOfReceiver(answer) : 'it was believed: the person was signed out';
  return finding(`an unlink webhook ${what}`, wrong, `the person stayed signed in; it ${answer.verdict}`);
}

async function genuine(patient: Patient): Promise<Finding> {
  const { browser, person } = await newcomer(patient);
  const first = await notice(patient, person, {});
  if (!first) return notApplicable(unnamed);
  const second = await fireAgain(patient, first);
  const refused = [first, second].find(({ accepted }) => !accepted);
  const { kind } = await whoIs(patient, browser, person);
  const wrong = refused?.verdict ?? (kind === 'somebody' ? 'the person is still signed in' : null);
  return finding(
    'the webhook as Kakao sends it, for somebody who is signed in, two times',
    wrong,
    'HTTP 200 both times, and the session has ended',
  );
}

/** By POST, or by GET where the app takes only that: the console lets a team choose. `null` without a receiver. */
async function notice(
  patient: Patient,
  person: Patient['ada'],
  order: Partial<WebhookOrder>,
): Promise<Delivered | null> {
  const path = patient.options.unlinkWebhook;
  if (path === undefined) return null;
  const posted = await fire(patient, person, path, { kind: 'unlink', method: 'POST', ...order });
  if (posted.status !== 405) return posted;
  return fire(patient, person, path, { kind: 'unlink', method: 'GET', ...order });
}
