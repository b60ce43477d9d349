import type { Visit } from '../browser.ts';
import { arrive, begin, decide, describe, freshBrowser, logIn, type Patient, whoIs } from '../patient.ts';
import { crashOf, isStill, nameOf, refusalProblem } from '../symptoms.ts';
import { type Case, type Finding, finding } from '../verdict.ts';

const source = 'Kakao: rest-api, errors of the authorize request; RFC 6749 4.1.2.1';
const mend =
  'Look at error before code, check state first, and show a page that says what happened and offers the button again.';

/** Callbacks with `error` in place of a code. */
export const authorizeErrorCases: readonly Case[] = [
  {
    id: 'denied',
    title: 'The person cancels',
    kind: 'broken',
    why: `Cancelling is a choice, not a fault of the server (${source}).`,
    mend,
    run: (patient) => cancelled(patient, patient.ada, 'cancel'),
  },
  {
    id: 'denied-under-14',
    title: 'A child under 14',
    kind: 'broken',
    why: `Kakao answers access_denied with “Not allowed under age 14” where the app does not allow children (${source}).`,
    mend,
    run: async (patient) => {
      const child = await patient.kakao.person('Kid', { under14: true });
      return cancelled(patient, child, 'agree_all');
    },
  },
  ...(
    [
      ['login_required', 'user authentication required.'],
      ['consent_required', 'user consent required.'],
      ['interaction_required', 'need to collect additional personal information.'],
    ] as const
  ).map(
    ([error, description]): Case => ({
      id: `prompt-none-${error.replace('_', '-')}`,
      title: `prompt=none ends in ${error}`,
      kind: 'broken',
      why: `Automatic login in the Kakao Talk browser ends like this for everybody who is not linked (${source}).`,
      mend: `${mend} Do not try prompt=none again by yourself: that is a circle.`,
      run: (patient) => errorArrives(patient, { error, error_description: description }),
    }),
  ),
  ...[
    'server_error',
    'invalid_request',
    'invalid_scope',
    'unauthorized_client',
    'misconfigured',
    'no_such_error',
  ].map(
    (error): Case => ({
      id: `error-${error.replaceAll('_', '-')}`,
      title: `Kakao answers error=${error}`,
      kind: 'broken',
      why: `The list of errors is open (${source}; the SDKs of Kakao know more than the documents).`,
      mend,
      run: (patient) => errorArrives(patient, { error }),
    }),
  ),
  {
    id: 'error-text-escaped',
    title: 'error_description with markup in it',
    kind: 'vulnerable',
    why: 'Anybody can write a callback address; a page that repeats error_description unescaped runs what it says (OWASP: reflected XSS).',
    mend: 'Show sentences of your own, chosen by the error code; never text from the address.',
    run: errorTextEscaped,
  },
  {
    id: 'error-signs-nobody-out',
    title: 'A made-up error while signed in',
    kind: 'broken',
    why: 'A picture on any page can open the callback with error=access_denied; that must not end a session.',
    mend: 'Do nothing to the session at a callback whose state is not of this browser.',
    run: async (patient) => {
      const browser = freshBrowser(patient);
      const { callback } = await logIn(patient, browser, patient.ada);
      await arrive(browser, withQuery(callback, { error: 'access_denied' }));
      const who = await whoIs(patient, browser);
      const wrong = isStill(who, patient.ada) ? null : `the browser now belongs to ${nameOf(patient, who)}`;
      return finding(
        'a callback with error=access_denied and no state, where Ada is signed in',
        wrong,
        'Ada stayed signed in',
      );
    },
  },
];

async function cancelled(
  patient: Patient,
  person: Patient['ada'],
  decision: 'cancel' | 'agree_all',
): Promise<Finding> {
  const browser = freshBrowser(patient);
  const callback = await decide(patient, await begin(patient, browser), person, decision);
  const visit = await arrive(browser, callback);
  const problem = await refusalProblem(patient, browser, visit, person);
  return finding(
    'a login that Kakao ends with access_denied',
    problem,
    `nobody was signed in; ${describe(visit)}`,
  );
}

async function errorArrives(patient: Patient, error: Readonly<Record<string, string>>): Promise<Finding> {
  const { browser, visit } = await arriveWith(patient, error);
  const problem = (await refusalProblem(patient, browser, visit)) ?? circleOf(visit);
  return finding(
    `a callback with error=${error['error']} and the right state`,
    problem,
    `nobody was signed in; ${describe(visit)}`,
  );
}

/** An app that answers an error with the same request again redirects forever. */
function circleOf({ leftTo }: Visit): string | null {
  const asksAgain = leftTo !== null && new URL(leftTo).searchParams.get('prompt') === 'none';
  return asksAgain ? 'it went back to Kakao with prompt=none at once: a circle' : null;
}

async function errorTextEscaped(patient: Patient): Promise<Finding> {
  const markup = '<b id="doctor">bold</b>';
  const { visit } = await arriveWith(patient, { error: markup, error_description: markup });
  const isHtml = /html/.test(visit.final.headers['content-type'] ?? '');
  const wrong =
    isHtml && visit.final.text.includes(markup) ? 'the page contains it as markup' : crashOf(visit);
  return finding(
    'a callback with error and error_description of markup',
    wrong,
    'it is not on the page as markup',
  );
}

async function arriveWith(patient: Patient, query: Readonly<Record<string, string>>) {
  const browser = freshBrowser(patient);
  const { authorizeUrl, state } = await begin(patient, browser);
  const callback = new URL(authorizeUrl.searchParams.get('redirect_uri') ?? '');
  const visit = await arrive(browser, withQuery(callback, state === null ? query : { ...query, state }));
  return { browser, visit };
}

function withQuery(callback: URL, query: Readonly<Record<string, string>>): URL {
  const url = new URL(callback.pathname, callback.origin);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}
