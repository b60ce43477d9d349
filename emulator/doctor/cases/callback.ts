import { randomBytes } from 'node:crypto';
import type { Visit } from '../browser.ts';
import { altered } from '../forgery.ts';
import { arrive, begin, decide, describe, freshBrowser, logIn, type Patient, whoIs } from '../patient.ts';
import { crashOf, isStill, loginProblem, refusalProblem } from '../symptoms.ts';
import { type Case, type Finding, finding } from '../verdict.ts';

const stateWhy =
  'The callback is an address that anybody can call with anything; only the state of this browser tells that this login is its own (RFC 6749 10.12; RFC 9700 4.7).';
const stateMend =
  'Refuse the callback, before the exchange, unless state is there and equals that of this browser.';
const crashMend =
  'Answer with a page that says what to do next; treat every parameter of the callback as optional.';

/** Callbacks that are incomplete or altered. */
export const callbackCases: readonly Case[] = [
  {
    id: 'state-missing',
    title: 'A callback without state',
    kind: 'vulnerable',
    why: stateWhy,
    mend: stateMend,
    run: (patient) => refused(patient, 'the callback without state', (url) => url.delete('state')),
  },
  {
    id: 'state-altered',
    title: 'A callback with another state',
    kind: 'vulnerable',
    why: stateWhy,
    mend: stateMend,
    run: (patient) =>
      refused(patient, 'the callback with one character of state changed', (query) =>
        query.set('state', altered(query.get('state') ?? '')),
      ),
  },
  {
    id: 'code-missing',
    title: 'A callback without code',
    kind: 'broken',
    why: 'The code can be missing (RFC 6749 4.1.2.1); an app that takes it for granted crashes.',
    mend: crashMend,
    run: (patient) => refused(patient, 'the callback without code', (url) => url.delete('code')),
  },
  {
    id: 'callback-bare',
    title: 'A callback without anything',
    kind: 'broken',
    why: 'Search engines, link checkers and curious people open it; that is no reason for an error of the server.',
    mend: crashMend,
    run: (patient) =>
      refused(patient, 'the callback without a query', (query) => {
        for (const name of [...query.keys()]) query.delete(name);
      }),
  },
  {
    id: 'code-unknown',
    title: 'A code that Kakao does not know',
    kind: 'broken',
    why: 'A code that is used, expired or cut short is KOE320 (Kakao: trouble-shooting); the way out is to log in again.',
    mend: 'Treat every invalid_grant as “please log in again”; show nothing of error_description, which repeats the code.',
    run: (patient) => {
      const code = `emu_${randomBytes(61).toString('base64url')}`;
      patient.leaks.watchFor(code, 'authorization code');
      return refused(patient, 'the right state with a made-up code', (query) => query.set('code', code));
    },
  },
  {
    id: 'callback-twice',
    title: 'The same callback a second time',
    kind: 'broken',
    why: 'Reload, back button, double click and React’s StrictMode open the callback twice. A code works once: the second exchange is KOE320, and RFC 6749 4.1.2 wants it never sent.',
    mend: 'When state is already finished and somebody is signed in, send the browser on without another exchange.',
    run: callbackTwice,
  },
  {
    id: 'callback-twice-at-once',
    title: 'The same callback twice at the same time',
    kind: 'broken',
    why: 'A double click sends two requests before the first is answered; the person must end up signed in.',
    mend: 'Let the second arrival wait for the outcome of the first (one exchange per state).',
    run: async (patient) => {
      const browser = freshBrowser(patient);
      const callback = await decide(patient, await begin(patient, browser), patient.ada);
      const visits = await Promise.all([arrive(browser, callback), arrive(browser, callback)]);
      const crash = visits.map(crashOf).find((problem) => problem !== null) ?? null;
      const who = await whoIs(patient, browser);
      const wrong = crash ?? (isStill(who, patient.ada) ? null : 'nobody was signed in afterwards');
      return finding('two requests for one callback, side by side', wrong, 'Ada was signed in');
    },
  },
  {
    id: 'callback-elsewhere',
    title: 'A used callback in another browser',
    kind: 'vulnerable',
    why: 'Callback addresses end up in histories, logs and messages; they must open nothing (RFC 9700 4.2.4).',
    mend: stateMend,
    run: async (patient) => {
      const { callback } = await logIn(patient, freshBrowser(patient), patient.ada);
      const other = freshBrowser(patient);
      const problem = await refusalProblem(patient, other, await arrive(other, callback));
      return finding(
        'the callback of Ada’s finished login in an empty browser',
        problem,
        'nobody was signed in',
      );
    },
  },
  {
    id: 'two-tabs',
    title: 'Two logins in one browser, the older one finished',
    kind: 'broken',
    why: 'People open the login in two tabs; an app that remembers one state forgets the other and calls it an attack.',
    mend: 'Keep one cookie per login that was begun, named after its state, for ten minutes.',
    run: async (patient) => {
      const browser = freshBrowser(patient);
      const older = await decide(patient, await begin(patient, browser), patient.ada);
      await begin(patient, browser);
      const problem = await loginProblem(patient, browser, await arrive(browser, older), patient.ada);
      return finding('two logins begun, then the callback of the first', problem, 'Ada was signed in');
    },
  },
];

async function refused(
  patient: Patient,
  sent: string,
  change: (query: URLSearchParams) => void,
): Promise<Finding> {
  const browser = freshBrowser(patient);
  const callback = await decide(patient, await begin(patient, browser), patient.ada);
  change(callback.searchParams);
  const visit = await arrive(browser, callback);
  return finding(
    sent,
    await refusalProblem(patient, browser, visit),
    `nobody was signed in; ${describe(visit)}`,
  );
}

async function callbackTwice(patient: Patient): Promise<Finding> {
  const browser = freshBrowser(patient);
  const { callback } = await logIn(patient, browser, patient.ada);
  const { result: visit, count } = await patient.kakao.counting('/oauth/token', () =>
    arrive(browser, callback),
  );
  const who = await whoIs(patient, browser);
  const wrong =
    crashOf(visit) ??
    (isStill(who, patient.ada) ? null : 'Ada was no longer signed in') ??
    (isErrorPage(visit) ? `Ada, who is signed in, was shown an error: ${describe(visit)}` : null) ??
    (count > 0 ? 'the code was sent to Kakao a second time' : null);
  return finding(
    'the callback of Ada’s login again, in her browser',
    wrong,
    `Ada went on; ${describe(visit)}`,
  );
}

function isErrorPage({ final, leftTo }: Visit): boolean {
  if (leftTo !== null || !URL.canParse(final.url)) return false;
  const { pathname, searchParams } = new URL(final.url);
  return (
    final.status >= 400 ||
    searchParams.has('error') ||
    /error|log-?in|sign-?in/i.test(pathname.replace(/callback/i, ''))
  );
}
