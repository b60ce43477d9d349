import type { Visit } from '../browser.ts';
import { DoctorError } from '../kakao.ts';
import { freshBrowser, logIn, type Patient } from '../patient.ts';
import { type Case, type Finding, finding, notApplicable } from '../verdict.ts';
import { pressLogout } from './logout.ts';

const HOST = 'evil.example';
const names =
  'returnTo return_to returnUrl return_url next callbackUrl callback_url redirect redirectTo redirect_to redirectUrl redirect_url continue dest destination target url goto from rd back'.split(
    ' ',
  );

const why =
  'A link to your own login page that ends on a stranger’s page is what phishing needs (RFC 9700 4.11; OWASP ASVS 5.0, 1.2.2).';
const mend =
  'Take a path only: one leading slash, no backslash, no control characters; resolve it against your own origin, compare the origin, and check the resolved path again.';

/** Where parameters such as `returnTo` can lead. */
export const openRedirectCases: readonly Case[] = [
  {
    id: 'open-redirect-login',
    title: 'Parameters that lead elsewhere after the login',
    kind: 'vulnerable',
    why,
    mend,
    run: (patient) =>
      tryAll(
        patient,
        'logins',
        async (query) => (await logIn(patient, freshBrowser(patient), patient.ada, { query })).visit,
      ),
  },
  {
    id: 'open-redirect-signed-in',
    title: 'Parameters that lead elsewhere while signed in',
    kind: 'vulnerable',
    why,
    mend,
    run: async (patient) => {
      const browser = freshBrowser(patient);
      await logIn(patient, browser, patient.ada);
      const visit = (url: string, query: Readonly<Record<string, string>>) => {
        const address = new URL(url);
        for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
        return browser.visit(address.href);
      };
      const { page, press } = patient.entrance;
      return tryAll(patient, 'visits of the login page by Ada, who is signed in,', async (query) => {
        const first = await visit(page, query);
        return press && !leadsAway(first) ? visit(new URL(press.path, page).href, query) : first;
      });
    },
  },
  {
    id: 'open-redirect-logout',
    title: 'Parameters that lead elsewhere after the logout',
    kind: 'vulnerable',
    why,
    mend,
    run: async (patient) => {
      const browser = freshBrowser(patient);
      await logIn(patient, browser, patient.ada);
      if ((await pressLogout(patient, freshBrowser(patient, browser.cookies))) === null)
        return notApplicable('no logout was found: name it with --logout PATH');
      return tryAll(patient, 'logouts', async (query) => {
        const again = freshBrowser(patient);
        await logIn(patient, again, patient.ada);
        return (await pressLogout(patient, again, query)) ?? Promise.reject(new DoctorError('no logout'));
      });
    },
  },
];

function targets({ options }: Patient): string[] {
  const { origin } = new URL(options.url);
  return [
    `https://${HOST}/`,
    `//${HOST}/`,
    `/\\${HOST}/`,
    `/..//${HOST}/`,
    `/\t/${HOST}/`,
    `https:${HOST}`,
    `${origin}.${HOST}/`,
    `${origin}@${HOST}/`,
  ];
}

/** All parameter names at once, one target after the other; an app may refuse, or stay on its own origin. */
async function tryAll(
  patient: Patient,
  what: string,
  go: (query: Readonly<Record<string, string>>) => Promise<Visit>,
): Promise<Finding> {
  let refused = 0;
  for (const target of targets(patient)) {
    const visit = await go(Object.fromEntries(names.map((name) => [name, target]))).catch(refusedOrThrow);
    if (!visit) refused += 1;
    if (visit && leadsAway(visit)) {
      const sent = `${what} with ${JSON.stringify(target)} in ${names.length} usual parameters`;
      return finding(sent, `it led to ${visit.leftTo}`, '');
    }
  }
  const sent = `${what} with ${targets(patient).length} foreign addresses in ${names.length} usual parameters (returnTo, next, callbackUrl, redirect…)`;
  return finding(
    sent,
    null,
    `the browser stayed at the app${refused > 0 ? `; ${refused} were refused` : ''}`,
  );
}

function leadsAway({ leftTo }: Visit): boolean {
  return leftTo !== null && URL.canParse(leftTo) && new URL(leftTo).hostname.endsWith(HOST);
}

function refusedOrThrow(error: unknown): null {
  if (error instanceof DoctorError) return null;
  throw error;
}
