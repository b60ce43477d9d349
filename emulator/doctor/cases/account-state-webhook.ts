import type { WebhookOrder } from '../../src/client.ts';
import { freshBrowser, logIn, type Patient, whoIs } from '../patient.ts';
import { isStill } from '../symptoms.ts';
import { type Case, type Finding, finding, notApplicable } from '../verdict.ts';
import { crashOfReceiver, fire, fireAgain, newcomer } from '../webhook.ts';

const source = 'Kakao: callback, account state change webhook; RFC 8417, RFC 8935 2.3';
const unnamed = 'no receiver of security event tokens is known: name it with --account-state-webhook PATH';
const mend =
  'Verify like an ID token, with a library that is told everything: RS256 only, key from Kakao’s JWKS, iss, aud = your REST API key, typ secevent+jwt, exactly one event whose subject is sub. Answer 400 otherwise.';

/** Kakao's times are whole seconds, so the event is dated after the login of the same second. */
const JUST_NOW = { toeOffsetSeconds: 1, iatOffsetSeconds: 1 };

type Flaw = NonNullable<WebhookOrder['flaw']>;
type Row = readonly [flaw: Flaw, title: string, why: string];

const rows: readonly Row[] = [
  ['foreign-key', 'signed by a foreign key under a known kid', 'kid names a key, the signature proves it'],
  ['unknown-key', 'signed by a key that is not published', 'Anybody can make a key'],
  ['alg-none', 'with alg none', 'A token that says “unsigned” is anybody’s (RFC 8725 3.1)'],
  ['alg-hs256', 'signed with HS256', 'The algorithm is for the app to choose (RFC 8725 3.1)'],
  ['tampered', 'changed after signing', 'The signature is there to be checked'],
  ['wrong-issuer', 'from another issuer', 'Only Kakao speaks for Kakao’s people'],
  ['wrong-audience', 'for another app', 'Every app gets genuine events of its own, which it could pass on'],
  ['wrong-subject', 'with two different subjects', 'Who is meant must be beyond doubt (RFC 8417 2.2)'],
  [
    'id-token',
    'that is an ID token',
    'ID tokens are signed with the same keys and are in many hands (RFC 8417 4.5 to 4.8)',
  ],
];

/** The webhook by which Kakao says what happened to an account. */
export const accountStateWebhookCases: readonly Case[] = [
  ...rows.map(
    ([flaw, title, why]): Case => ({
      id: `event-${flaw}`,
      title: `A security event token ${title}`,
      kind: 'vulnerable',
      why: `${why} (${source}).`,
      mend,
      run: (patient) => mustBeRefused(patient, flaw, title),
    }),
  ),
  harmless(
    'event-user-linked',
    'The event user-linked',
    { event: 'user-linked' },
    'It is sent at sign-up; a receiver that takes every event for an unlink throws new people out, which has happened',
    'Compare the whole event URI.',
  ),
  harmless(
    'event-unknown',
    'An event that nobody knows yet',
    { event: 'https://schemas.kakao.com/event-type/something-new' },
    'Kakao adds events; an unknown one is none of your business',
    'Answer 202 and do nothing for event URIs that you do not know.',
  ),
  {
    id: 'event-genuine',
    title: 'A genuine event that the person has unlinked',
    kind: 'broken',
    why: `The person has left: their session must end, and Kakao wants 202 within 3 s (${source}).`,
    mend: 'Delete or detach the person, end their sessions, answer 202 when that is stored.',
    run: async (patient) => {
      const done = await withNewcomer(patient, { event: 'user-unlinked' });
      if (!done) return notApplicable(unnamed);
      const wrong = done.answer.accepted
        ? done.still
          ? 'the person is still signed in'
          : null
        : done.answer.verdict;
      return finding(
        'user-unlinked for somebody who is signed in',
        wrong,
        'HTTP 202, and the session has ended',
      );
    },
  },
  {
    id: 'event-replayed',
    title: 'The same event again, after a new login',
    kind: 'vulnerable',
    why: `A copied event would throw the person out for ever; jti is there to tell copies (${source}: RFC 8417 2.2).`,
    mend: 'Keep the jti of every event and do nothing the second time; still answer 202.',
    run: replayed,
  },
];

async function withNewcomer(patient: Patient, order: Partial<WebhookOrder>) {
  const path = patient.options.accountStateWebhook;
  if (path === undefined) return null;
  const { browser, person } = await newcomer(patient);
  const answer = await fire(patient, person, path, { kind: 'account-state', ...JUST_NOW, ...order });
  return { person, answer, still: isStill(await whoIs(patient, browser, person), person) };
}

async function mustBeRefused(patient: Patient, flaw: Flaw, title: string): Promise<Finding> {
  const done = await withNewcomer(patient, { event: 'user-unlinked', flaw });
  if (!done) return notApplicable(unnamed);
  const { answer, still } = done;
  const believed = still ? null : 'it was believed: the person was signed out';
  const wrong = believed ?? (answer.accepted ? 'it was accepted with 202' : crashOfReceiver(answer));
  return finding(
    `user-unlinked in a token ${title}`,
    wrong,
    `the person stayed signed in; it ${answer.verdict}`,
  );
}

/** A genuine event that must be accepted and must change nothing. */
function harmless(
  id: string,
  title: string,
  order: Partial<WebhookOrder>,
  why: string,
  remedy: string,
): Case {
  return {
    id,
    title,
    kind: 'broken',
    why: `${why} (${source}).`,
    mend: remedy,
    run: async (patient) => {
      const done = await withNewcomer(patient, order);
      if (!done) return notApplicable(unnamed);
      const { answer, still } = done;
      const wrong = still ? (answer.accepted ? null : answer.verdict) : 'the person was signed out';
      return finding(
        `${title} for somebody who is signed in`,
        wrong,
        'HTTP 202, and the person stayed signed in',
      );
    },
  };
}

async function replayed(patient: Patient): Promise<Finding> {
  const done = await withNewcomer(patient, { event: 'user-unlinked' });
  if (!done) return notApplicable(unnamed);
  const browser = freshBrowser(patient);
  await logIn(patient, browser, done.person);
  const again = await fireAgain(patient, done.answer);
  const still = isStill(await whoIs(patient, browser, done.person), done.person);
  const wrong = still ? crashOfReceiver(again) : 'the person was signed out again';
  return finding(
    'an event, a new login, and the same event again',
    wrong,
    `the person stayed signed in; it ${again.verdict}`,
  );
}
