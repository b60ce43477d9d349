import type { FaultSent } from '../../src/client.ts';
import { arrive, begin, decide, describe, freshBrowser, logIn, type Patient } from '../patient.ts';
import { loginProblem, refusalProblem } from '../symptoms.ts';
import { type Case, type Finding, finding, notApplicable } from '../verdict.ts';

/** How long Kakao is silent in the slow cases, and the time in which an app should have given up. */
const SILENCE_MS = 10_000;
const LIMIT_MS = 9_500;

const quota =
  '{"error":"invalid_request","error_description":"token request rate limit exceeded","error_code":"KOE237"}';

/** Endpoint, id, title, effect of the fault, why it happens. */
type Row = readonly [id: string, title: string, effect: FaultSent, why: string];

const tokenRows: readonly Row[] = [
  ['500', 'answers HTTP 500', { status: 500, body: 'down' }, 'Kakao has bad days (KOE003).'],
  [
    'quota',
    'answers 429 with KOE237',
    { status: 429, body: quota },
    '20 access tokens in 10 minutes for one person are the limit.',
  ],
  [
    'bad-secret',
    'refuses the client secret (KOE010)',
    { kakao: 'KOE010' },
    'Secrets are on by default since December 2025, and they are rotated.',
  ],
  [
    'slow',
    `is silent for ${SILENCE_MS / 1000} s`,
    { delayMs: SILENCE_MS },
    'Without a deadline every waiting login holds a connection until there are none left.',
  ],
  ['reset', 'cuts the connection', { reset: true }, 'Connections break.'],
  ['truncated', 'breaks off in the middle', { truncate: true }, 'Connections break in the middle, too.'],
  [
    'html',
    'answers 200 with a page',
    { body: '<html>maintenance</html>', contentType: 'text/html' },
    'Proxies and captive portals answer pages with 200.',
  ],
  [
    'empty',
    'answers 200 with {}',
    { body: '{}' },
    'A 200 without access_token is no success (RFC 6749 5.1).',
  ],
];

const userRows: readonly Row[] = [
  ['internal', 'answers -1', { kakao: -1 }, '-1 is a fault of Kakao, with HTTP 400.'],
  ['quota', 'answers -10', { kakao: -10 }, '-10 is the quota, with HTTP 400.'],
  ['unknown-token', 'answers -401', { kakao: -401 }, 'The token can die between two requests.'],
  ['maintenance', 'answers -9798', { kakao: -9798 }, 'Maintenance, with HTTP 503.'],
  [
    'slow',
    `is silent for ${SILENCE_MS / 1000} s`,
    { delayMs: SILENCE_MS },
    'Without a deadline every waiting login holds a connection until there are none left.',
  ],
  ['reset', 'cuts the connection', { reset: true }, 'Connections break.'],
  [
    'html',
    'answers 200 with a page',
    { body: '<html>maintenance</html>', contentType: 'text/html' },
    'Proxies and captive portals answer pages with 200.',
  ],
  ['no-id', 'answers without id', { body: '{"kakao_account":{}}' }, 'Without id there is nobody to sign in.'],
];

const mend =
  'Give every request to Kakao a deadline of a few seconds, read code and error from the body, accept 200 with a usable body only, and show “Kakao does not answer, please try again” with a button (502 to 504, or a redirect to your login page).';

/** How the app handles failures of Kakao during a login. */
export const failingKakaoCases: readonly Case[] = [
  ...tokenRows.map((row) => faultCase('token', '/oauth/token', row)),
  ...userRows.map((row) => faultCase('user', '/v2/user/me', row)),
  {
    id: 'token-asked-once',
    title: 'A failed exchange is not repeated',
    kind: 'broken',
    why: 'A code may be sent once (RFC 6749 4.1.2); after a failure nobody knows whether it was used, and the retry turns an outage into KOE320.',
    mend: 'Never retry the exchange; let the person press the button again.',
    run: async (patient) => {
      const { count } = await patient.kakao.counting('/oauth/token', () =>
        failing(patient, '/oauth/token', { status: 500, body: 'down' }),
      );
      return finding(
        'one login while /oauth/token answers 500',
        count > 1 ? `${count} token requests` : null,
        'one token request',
      );
    },
  },
  {
    id: 'recovers',
    title: 'After a failure the same browser can log in',
    kind: 'broken',
    why: 'What is left over of a failed login (a state, half a session) must not stand in the way of the next one.',
    mend: 'Forget the failed login completely; do not cache failures.',
    run: async (patient) => {
      const { browser } = await failing(patient, '/oauth/token', { status: 500, body: 'down' });
      const { visit } = await logIn(patient, browser, patient.ada);
      const problem = await loginProblem(patient, browser, visit, patient.ada);
      return finding('a failed login, then another one', problem, 'Ada was signed in');
    },
  },
];

function faultCase(prefix: string, endpoint: string, [id, title, effect, why]: Row): Case {
  return {
    id: `${prefix}-${id}`,
    title: `${endpoint} ${title}`,
    kind: 'broken',
    why: `${why} The login must end in a clear page, with nobody signed in (Kakao: rest-api/error-code, trouble-shooting).`,
    mend,
    run: (patient) => loginWithFault(patient, endpoint, effect),
  };
}

async function loginWithFault(patient: Patient, endpoint: string, effect: FaultSent): Promise<Finding> {
  // Of somebody who has logged in before, an app may know the profile already.
  const person = endpoint === '/v2/user/me' ? await patient.kakao.person('Newcomer') : patient.ada;
  const { result, count } = await patient.kakao.counting(endpoint, () =>
    failing(patient, endpoint, effect, person),
  );
  const { browser, visit } = result;
  if (count === 0) return notApplicable(`the app does not ask ${endpoint}`);
  const problem =
    visit.ms > LIMIT_MS
      ? `it waited ${(visit.ms / 1000).toFixed(1)} s: there is no deadline`
      : await refusalProblem(patient, browser, visit, person);
  const seen = `nobody was signed in; ${describe(visit)} after ${(visit.ms / 1000).toFixed(1)} s`;
  return finding(`a login while ${endpoint} fails: ${JSON.stringify(effect).slice(0, 80)}`, problem, seen);
}

async function failing(patient: Patient, endpoint: string, effect: FaultSent, person = patient.ada) {
  const browser = freshBrowser(patient);
  const callback = await decide(patient, await begin(patient, browser), person);
  const visit = await patient.kakao.during(endpoint, effect, () => arrive(browser, callback));
  return { browser, visit };
}
