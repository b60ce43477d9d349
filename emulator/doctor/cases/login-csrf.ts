import {
  arrive,
  begin,
  decide,
  freshBrowser,
  logIn,
  type Patient,
  signedInBrowser,
  whoIs,
} from '../patient.ts';
import { isStill, nameOf, refusalProblem } from '../symptoms.ts';
import { type Case, finding } from '../verdict.ts';

const why =
  'Whoever opens an attacker’s callback address would work in the attacker’s account without noticing (login CSRF: RFC 6749 10.12, RFC 9700 4.7; CVE-2025-68481).';
const mend =
  'Keep state in a cookie of the browser that begins the login (HttpOnly, SameSite=Lax) and compare it at the callback before anything else. A list of valid states on the server is not enough.';

/** Callbacks of somebody else's login. */
export const loginCsrfCases: readonly Case[] = [
  {
    id: 'login-csrf-empty',
    title: 'A stranger’s fresh callback in an empty browser',
    kind: 'vulnerable',
    why,
    mend,
    run: async (patient) => {
      const victim = freshBrowser(patient);
      const visit = await arrive(victim, await unusedCallback(patient));
      const sent = 'the code and state of Ben’s login, opened in a browser that began none';
      return finding(sent, await refusalProblem(patient, victim, visit), 'nobody was signed in');
    },
  },
  {
    id: 'login-csrf-midway',
    title: 'A stranger’s fresh callback in the middle of an own login',
    kind: 'vulnerable',
    why,
    mend,
    run: async (patient) => {
      const victim = freshBrowser(patient);
      await begin(patient, victim);
      const visit = await arrive(victim, await unusedCallback(patient));
      const sent = 'the code and state of Ben’s login, opened where Ada has begun hers';
      return finding(sent, await refusalProblem(patient, victim, visit), 'nobody was signed in');
    },
  },
  {
    id: 'login-csrf-signed-in',
    title: 'A stranger’s fresh callback while signed in',
    kind: 'vulnerable',
    why,
    mend,
    run: async (patient) => {
      const victim = await signedInBrowser(patient);
      await arrive(victim, await unusedCallback(patient));
      const who = await whoIs(patient, victim);
      const wrong = isStill(who, patient.ada) ? null : `Ada’s browser now belongs to ${nameOf(patient, who)}`;
      return finding(
        'the code and state of Ben’s login, opened where Ada is signed in',
        wrong,
        'Ada stayed signed in',
      );
    },
  },
  {
    id: 'code-injected',
    title: 'A code of another login with the own state',
    kind: 'vulnerable',
    why: 'A code that was stolen or planted must work in the login that asked for it only (code injection: RFC 9700 4.5).',
    mend: 'Use PKCE with a verifier of its own per login, or send a nonce and compare it with the ID token.',
    run: async (patient) => {
      const browser = freshBrowser(patient);
      const own = await decide(patient, await begin(patient, browser), patient.ada);
      own.searchParams.set('code', (await unusedCallback(patient)).searchParams.get('code') ?? '');
      const visit = await arrive(browser, own);
      const sent = 'Ada’s state with the code of Ben’s login';
      return finding(sent, await refusalProblem(patient, browser, visit), 'nobody was signed in');
    },
  },
  {
    id: 'state-used-again',
    title: 'A state that has been used',
    kind: 'vulnerable',
    why: 'A state is for one login; one that stays valid can be replayed with another code (RFC 9700 4.7.1).',
    mend: 'Forget the state as soon as the callback has come, whatever becomes of it.',
    run: async (patient) => {
      const browser = freshBrowser(patient);
      const { callback } = await logIn(patient, browser, patient.ada);
      callback.searchParams.set('code', (await unusedCallback(patient)).searchParams.get('code') ?? '');
      await arrive(browser, callback);
      const who = await whoIs(patient, browser);
      const wrong = isStill(who, patient.ada) ? null : `Ada’s browser now belongs to ${nameOf(patient, who)}`;
      return finding(
        'the state of Ada’s finished login with the code of Ben’s login',
        wrong,
        'Ada stayed signed in',
      );
    },
  },
];

/** A callback address of Ben’s login that nobody has opened. */
async function unusedCallback(patient: Patient): Promise<URL> {
  return decide(patient, await begin(patient, freshBrowser(patient)), patient.ben);
}
