import type { Browser, Visit } from './browser.ts';
import { pressing } from './entrance.ts';
import { type Action, actionsIn } from './html.ts';
import { addressOf, type Patient } from './patient.ts';

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
    const action = actionsIn(final.text).find((one) => isLogout(one, final.url, given));
    if (!action) continue;
    const { url, navigation } = pressing(action, final.url, query);
    return browser.visit(url, { ...navigation, site: 'same-origin' });
  }
  if (given === null) return null;
  const posted = await browser.visit(given, { form: Object.entries(query), site: 'same-origin' });
  return [404, 405].includes(posted.final.status) ? browser.visit(given, { site: 'same-origin' }) : posted;
}

function isLogout({ target, words: around, kind }: Action, base: string, given: string | null): boolean {
  if (!URL.canParse(target || base, base)) return false;
  const url = new URL(target || base, base);
  if (given !== null) return url.pathname === new URL(given).pathname;
  return words.test(url.pathname) || (kind === 'form' && words.test(around));
}
