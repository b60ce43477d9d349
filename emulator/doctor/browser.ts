import { type CookieJar, cookieHeader, storeCookie } from './cookie-jar.ts';
import { type Answer, type Sending, send } from './http.ts';

const MOST_REDIRECTS = 12;

/** The origins of the app, headers for every request, and a callback for every answer. */
export interface BrowserContext {
  readonly origins: ReadonlySet<string>;
  readonly headers: Readonly<Record<string, string>>;
  readonly onAnswer: (answer: Answer) => void;
}

/** A navigation; `site` is what a browser would say in `Sec-Fetch-Site`. */
export interface Navigation {
  readonly method?: string;
  readonly form?: readonly (readonly [string, string])[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly site?: 'none' | 'same-origin' | 'cross-site';
}

/** Where a navigation ended: at an answer of the app, or (`leftTo`) at an address outside of it, which is not visited. */
export interface Visit {
  readonly final: Answer;
  readonly leftTo: string | null;
  readonly looped: boolean;
  readonly ms: number;
}

/** A minimal browser: cookies, redirects and the headers of navigations; no scripts. */
export interface Browser {
  readonly cookies: CookieJar;
  readonly visit: (url: string, navigation?: Navigation) => Promise<Visit>;
}

/** A browser with an empty jar, or a copy of the given cookies. */
export function openBrowser(browserContext: BrowserContext, cookies: CookieJar = new Map()): Browser {
  const jar: CookieJar = new Map(cookies);
  return { cookies: jar, visit: (url, navigation) => visit(browserContext, jar, url, navigation) };
}

const nowhere: Answer = {
  url: '',
  status: 0,
  headers: {},
  setCookies: [],
  text: '',
  ms: 0,
  failure: 'not asked',
};

async function visit(
  { origins, headers, onAnswer }: BrowserContext,
  jar: CookieJar,
  start: string,
  navigation: Navigation = {},
): Promise<Visit> {
  let [url, step, final, ms] = [start, navigation, nowhere, 0];
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    if (!origins.has(originOf(url))) return { final, leftTo: url, looped: false, ms };
    final = await send(url, sendingOf(new URL(url), step, jar, headers));
    ms += final.ms;
    for (const line of final.setCookies) storeCookie(jar, line);
    onAnswer(final);
    const { location } = final.headers;
    if (final.status < 300 || final.status >= 400 || location === undefined || !URL.canParse(location, url))
      return { final, leftTo: null, looped: false, ms };
    url = new URL(location, url).href;
    step = nextStep(step, final.status);
  }
  return { final, leftTo: null, looped: true, ms };
}

function nextStep(step: Navigation, status: number): Navigation {
  const keepsMethod = status === 307 || status === 308;
  const { method: _method, form: _form, ...rest } = step;
  return keepsMethod ? step : rest;
}

function sendingOf(
  url: URL,
  step: Navigation,
  jar: CookieJar,
  extra: Readonly<Record<string, string>>,
): Sending {
  const { site = 'none', form } = step;
  const cookie = cookieHeader(jar, url, site === 'cross-site');
  const method = step.method ?? (form ? 'POST' : 'GET');
  const headers = {
    host: url.host,
    accept: 'text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8',
    'accept-language': 'ko-KR,ko;q=0.9,en;q=0.8',
    'user-agent': 'Mozilla/5.0 (kakao-emulator doctor)',
    'sec-fetch-site': site,
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
    ...(cookie === '' ? {} : { cookie }),
    ...(form ? { 'content-type': 'application/x-www-form-urlencoded', origin: url.origin } : {}),
    ...extra,
    ...step.headers,
  };
  return {
    method,
    headers,
    ...(form
      ? { body: new URLSearchParams(form.map(([name, value]): [string, string] => [name, value])).toString() }
      : {}),
  };
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : '';
}
