import { type Browser, type BrowserContext, openBrowser, type Visit } from './browser.ts';
import type { DoctorOptions } from './command-line.ts';
import type { Cookie, CookieJar } from './cookie-jar.ts';
import { type Additions, authorizeUrlOf, type Entrance, enter } from './entrance.ts';
import { type Answer, send } from './http.ts';
import { type ConsoleApp, DoctorError, type Kakao, type Person } from './kakao.ts';
import type { Leaks } from './leaks.ts';
import { askWho, type Probe, type Who } from './probe.ts';

/** A login that was begun: Kakao's page for it. */
export interface Flow {
  readonly authorizeUrl: URL;
  readonly state: string | null;
}

/** The app under examination, with what is known about it. */
export interface Patient {
  readonly options: DoctorOptions;
  readonly kakao: Kakao;
  readonly app: ConsoleApp;
  readonly entrance: Entrance;
  readonly probe: Probe;
  readonly browserContext: BrowserContext;
  readonly leaks: Leaks;
  /** Where a login that works ends, in words. */
  readonly landing: string;
  readonly landingUrl: string;
  /** Two ordinary people who have logged in before. */
  readonly ada: Person;
  readonly ben: Person;
}

/** A browser for this app, with the cookies of another one if given. */
export function freshBrowser(
  { browserContext }: Pick<Patient, 'browserContext'>,
  cookies?: CookieJar,
): Browser {
  return openBrowser(browserContext, cookies);
}

/** Begins a login as the app's own page does; rejects with `DoctorError` when that does not lead to Kakao. */
export async function begin(
  { entrance, kakao }: Pick<Patient, 'entrance' | 'kakao'>,
  browser: Browser,
  additions?: Additions,
): Promise<Flow> {
  const visit = await enter(browser, entrance, additions);
  const authorizeUrl = authorizeUrlOf(visit?.leftTo ?? null, kakao.url);
  if (authorizeUrl) return { authorizeUrl, state: authorizeUrl.searchParams.get('state') };
  const seen = visit ? describe(visit) : 'nothing to press on the page';
  throw new DoctorError(`a login could not be begun: ${seen}`);
}

/** Agrees (or cancels) at Kakao as this person. Returns the callback address, not yet visited. */
export async function decide(
  { leaks }: Pick<Patient, 'leaks'>,
  { authorizeUrl }: Flow,
  person: Person,
  decision: 'agree_all' | 'cancel' = 'agree_all',
): Promise<URL> {
  const body = new URLSearchParams({ user: person.id, decision }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await send(authorizeUrl.href, { method: 'POST', headers, body });
  const { location } = answer.headers;
  if (location === undefined) throw new DoctorError(`Kakao refused the app: ${koeOf(answer)}`);
  const callback = new URL(location);
  const code = callback.searchParams.get('code');
  if (code !== null) leaks.watchFor(code, 'authorization code');
  return callback;
}

/** Visits the callback, as when coming back from Kakao. */
export function arrive(browser: Browser, callback: URL | string): Promise<Visit> {
  return browser.visit(String(callback), { site: 'cross-site' });
}

/** A whole login in this browser. */
export async function logIn(
  patient: Pick<Patient, 'entrance' | 'kakao' | 'leaks'>,
  browser: Browser,
  person: Person,
  additions?: Additions,
): Promise<{ visit: Visit; callback: URL }> {
  const callback = await decide(patient, await begin(patient, browser, additions), person);
  return { visit: await arrive(browser, callback), callback };
}

/** A browser in which this person, or Ada, has logged in. */
export async function signedInBrowser(patient: Patient, person = patient.ada): Promise<Browser> {
  const browser = freshBrowser(patient);
  await logIn(patient, browser, person);
  return browser;
}

/** Who this browser is signed in as: Ada, Ben or one of `others`. */
export function whoIs(patient: Patient, browser: Browser, ...others: readonly Person[]): Promise<Who> {
  return askWho(browser, patient.probe, [...others, patient.ada, patient.ben]);
}

/** The cookies without which the browser is signed out; all of them if no single one is needed. */
export async function sessionCookies(
  patient: Patient,
  person = patient.ada,
): Promise<ReadonlyMap<string, Cookie>> {
  const { cookies } = await signedInBrowser(patient, person);
  const needed = new Map<string, Cookie>();
  for (const [name, cookie] of cookies) {
    const without = new Map(cookies);
    without.delete(name);
    if ((await whoIs(patient, freshBrowser(patient, without))).kind === 'nobody') needed.set(name, cookie);
  }
  return needed.size > 0 ? needed : cookies;
}

/** The address of a path of the app. */
export function addressOf({ options }: Pick<Patient, 'options'>, path: string): string {
  return new URL(path, options.url).href;
}

/** One answer in words, without its query. */
export function describe({ final, leftTo, looped }: Visit): string {
  if (looped) return 'redirects without end';
  if (leftTo !== null) return `a redirect to ${pathOf(leftTo)}`;
  if (final.failure) return `no answer (${final.failure})`;
  return `HTTP ${final.status} at ${pathOf(final.url)}`;
}

function pathOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { origin, pathname, searchParams } = new URL(url);
  const error = searchParams.get('error');
  return `${origin}${pathname}${error === null ? '' : `?error=${error}`}`;
}

function koeOf({ status, text }: Answer): string {
  const detail = /data-testid="koe-detail"[^>]*>([^<]*)/.exec(text)?.[1];
  return `${/KOE\d{3}/.exec(text)?.[0] ?? `HTTP ${status}`}${detail ? `, ${detail.trim()}` : ''}`;
}
