import { type Browser, type BrowserContext, openBrowser, type Visit } from './browser.ts';
import type { Person } from './kakao.ts';

/** A page or endpoint that tells who is signed in, and how it answers when nobody is. */
export interface Probe {
  readonly url: string;
  readonly signedOut: string;
  readonly signedIn: string;
  /** Whether the person can be read from it; otherwise it only tells that somebody is signed in. */
  readonly names: boolean;
}

/** Who a browser is signed in as. */
export type Who = { readonly kind: 'nobody' } | { readonly kind: 'somebody'; readonly person: Person | null };

const usual =
  '/ /me /api/me /account /profile /mypage /my /api/auth/session /api/session /session /user /api/user /users/me /api/users/me /dashboard /home';

/**
 * Finds a page that shows who is signed in: the given path, where the login led, or a usual path. The best is one that
 * shows the person with the cookies and not without; else one whose answers differ.
 */
export async function findProbe(
  browser: Browser,
  person: Person,
  candidates: readonly string[],
  browserContext: BrowserContext,
): Promise<Probe | null> {
  let second: Probe | null = null;
  for (const url of [...new Set(candidates)]) {
    const [within, without] = [await browser.visit(url), await openBrowser(browserContext).visit(url)];
    const probe = { url, signedIn: shapeOf(within), signedOut: shapeOf(without) };
    if (isOn(within, person) && !isOn(without, person)) return { ...probe, names: true };
    if (probe.signedIn !== probe.signedOut && within.final.status === 200)
      second ??= { ...probe, names: false };
  }
  return second;
}

/** The addresses at which apps usually show who is signed in. */
export function usualProbes(origin: string): string[] {
  return usual.split(' ').map((path) => `${origin}${path}`);
}

/** Asks the app who this browser is signed in as; `people` are those who can be told apart. */
export async function askWho(browser: Browser, probe: Probe, people: readonly Person[]): Promise<Who> {
  const visit = await browser.visit(probe.url);
  const person = people.find((one) => isOn(visit, one));
  if (person) return { kind: 'somebody', person };
  const differs = probe.signedIn !== probe.signedOut && shapeOf(visit) === probe.signedIn;
  return differs ? { kind: 'somebody', person: null } : { kind: 'nobody' };
}

/** What distinguishes answers without a person in them: status, last path, and whether there is a logout. */
function shapeOf({ final, leftTo }: Visit): string {
  const path = URL.canParse(final.url) ? new URL(final.url).pathname : '';
  const canLeave = /log-?_?out|sign-?_?out|로그아웃/i.test(final.text);
  const empty = /^\s*(null|\{\}|)\s*$/.test(final.text);
  return [final.status, leftTo === null ? path : 'elsewhere', canLeave, empty].join(' ');
}

function isOn({ final }: Visit, { id, nickname, email }: Person): boolean {
  return (
    final.status < 400 && [id, nickname, email].some((mark) => mark !== null && final.text.includes(mark))
  );
}
