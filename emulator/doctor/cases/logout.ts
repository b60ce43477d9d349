import type { Browser, Visit } from '../browser.ts';
import { pressRequest } from '../entrance.ts';
import { type Action, actionsIn } from '../html.ts';
import { addressOf, freshBrowser, type Patient, signedInBrowser, whoIs } from '../patient.ts';
import { nameOf } from '../symptoms.ts';
import { type Case, finding, notApplicable } from '../verdict.ts';

/** What is left of a session after logging out. */
export const logoutCases: readonly Case[] = [
  {
    id: 'logout-signs-out',
    title: 'Logging out ends the session in this browser',
    kind: 'broken',
    why: 'The next person at the computer is somebody else.',
    mend: 'Remove the session cookie with the same name, path and domain.',
    run: async (patient) => {
      const browser = await signedInBrowser(patient);
      if ((await pressLogout(patient, browser)) === null)
        return notApplicable('no logout was found: name it with --logout PATH');
      const who = await whoIs(patient, browser);
      return finding(
        'Ada logs out',
        who.kind === 'nobody' ? null : `the browser is still ${nameOf(patient, who)}’s`,
        'nobody is signed in',
      );
    },
  },
  {
    id: 'logout-on-server',
    title: 'A cookie from before the logout',
    kind: 'vulnerable',
    why: 'Logging out must end the session where it lives; a copied cookie would go on for ever (ASVS 5.0, 7.4.1).',
    mend: 'Keep sessions (or a list of ended ones) on the server and end them there.',
    run: async (patient) => {
      const browser = await signedInBrowser(patient);
      const copy = new Map(browser.cookies);
      if ((await pressLogout(patient, browser)) === null)
        return notApplicable('no logout was found: name it with --logout PATH');
      const who = await whoIs(patient, freshBrowser(patient, copy));
      return finding(
        'the cookies from before Ada’s logout',
        who.kind === 'nobody' ? null : 'they still work',
        'they are refused',
      );
    },
  },
];

const words = /log-?_?out|sign-?_?out|로그아웃/i;

/**
 * Logs out as a person would: by what the page after the login offers, or by `--logout PATH` (its form, a POST, a GET).
 * `query` is added to what is sent. `null` when no logout was found.
 */
export async function pressLogout(
  patient: Patient,
  browser: Browser,
  query: Readonly<Record<string, string>> = {},
): Promise<Visit | null> {
  const { options, landingUrl, probe, entrance } = patient;
  const given = options.logout === undefined ? null : addressOf(patient, options.logout);
  for (const page of new Set([landingUrl, probe.url, entrance.page, given ?? options.url])) {
    const { final } = await browser.visit(page);
    const action = logoutIn(final, given);
    if (!action) continue;
    const { url, navigation } = pressRequest(action, final.url, query);
    return browser.visit(url, { ...navigation, site: 'same-origin' });
  }
  if (given === null) return null;
  const posted = await browser.visit(given, { form: Object.entries(query), site: 'same-origin' });
  return [404, 405].includes(posted.final.status) ? browser.visit(given, { site: 'same-origin' }) : posted;
}

/**
 * What logs out on a page. An address that says so goes before words that do: a list of devices has a button "log out"
 * for each of the others.
 */
function logoutIn({ text, url: base }: Visit['final'], given: string | null): Action | undefined {
  const actions = actionsIn(text).filter(({ target }) => URL.canParse(target || base, base));
  const pathOf = ({ target }: Action) => new URL(target || base, base).pathname;
  if (given !== null) return actions.find((one) => pathOf(one) === new URL(given).pathname);
  const byAddress = actions.find((one) => words.test(pathOf(one)));
  return byAddress ?? actions.find(({ kind, words: around }) => kind === 'form' && words.test(around));
}
