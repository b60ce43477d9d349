import { type Browser, type BrowserContext, type Navigation, openBrowser, type Visit } from './browser.ts';
import { type Action, actionsIn } from './html.ts';

/** How a login begins: an address that leads to Kakao by itself, or something to press on a page. */
export interface Entrance {
  readonly page: string;
  /** `null` when the page itself redirects to Kakao. */
  readonly press: { readonly kind: Action['kind']; readonly method: string; readonly path: string } | null;
}

/** Query and headers to add to the request that begins a login. */
export interface Additions {
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

const MOST_TRIED = 12;
const DEPTH = 2;

/**
 * The authorize page of this Kakao that an address leads to, or `null`. `localhost` and `127.0.0.1` are the same Kakao; so is
 * Kakao's own host, to which an app goes whose name lookups lead to the local one.
 */
export function authorizeUrlOf(url: string | null, kakaoUrl: string): URL | null {
  if (url === null || !URL.canParse(url)) return null;
  const [there, kakao] = [new URL(url), new URL(kakaoUrl)];
  const path = `${kakao.pathname.replace(/\/$/, '')}/oauth/authorize`;
  if (there.host === 'kauth.kakao.com' && there.pathname === '/oauth/authorize')
    return new URL(`${path}${there.search}`, kakao);
  const isSame =
    there.host === kakao.host || (isLoopback(there) && isLoopback(kakao) && there.port === kakao.port);
  return isSame && there.pathname === path ? there : null;
}

/** Searches a page, and pages that it links to, for what begins a login; every attempt is made in a fresh browser. */
export async function findEntrance(
  page: string,
  kakaoUrl: string,
  browserContext: BrowserContext,
  depth = DEPTH,
): Promise<Entrance | null> {
  const { final, leftTo } = await openBrowser(browserContext).visit(page);
  if (authorizeUrlOf(leftTo, kakaoUrl)) return { page, press: null };
  const candidates = likelyEntrances(actionsIn(final.text), final.url || page);
  for (const action of candidates) {
    const entrance = { page, press: pressOf(action, final.url) };
    if (authorizeUrlOf((await enter(openBrowser(browserContext), entrance))?.leftTo ?? null, kakaoUrl))
      return entrance;
  }
  if (depth === 0) return null;
  for (const action of candidates.filter(({ kind }) => kind === 'link')) {
    const next = new URL(action.target, final.url).href;
    const found = browserContext.origins.has(new URL(next).origin)
      ? await findEntrance(next, kakaoUrl, browserContext, depth - 1)
      : null;
    if (found) return found;
  }
  return null;
}

/** Begins a login. `null` when the link or button is no longer there. */
export async function enter(
  browser: Browser,
  { page, press }: Entrance,
  { query = {}, headers = {} }: Additions = {},
): Promise<Visit | null> {
  const first = await browser.visit(withQuery(page, query), { headers });
  if (!press) return first;
  const base = first.final.url || page;
  const action = actionsIn(first.final.text).find((one) => isSame(pressOf(one, base), press));
  if (!action) return null;
  const { url, navigation } = pressRequest(action, base, query);
  return browser.visit(url, { ...navigation, headers, site: 'same-origin' });
}

/** The request of a link or form; `query` replaces fields of the same name and is added to the rest. */
export function pressRequest(
  action: Action,
  base: string,
  query: Readonly<Record<string, string>> = {},
): { url: string; navigation: Navigation } {
  const target = new URL(action.target || base, base).href;
  const fields = [...action.fields.filter(([name]) => query[name] === undefined), ...Object.entries(query)];
  if (action.kind === 'link') return { url: withQuery(target, query), navigation: {} };
  if (action.method === 'POST') return { url: withQuery(target, query), navigation: { form: fields } };
  return { url: withQuery(target, Object.fromEntries(fields)), navigation: {} };
}

function withQuery(url: string, query: Readonly<Record<string, string>>): string {
  if (Object.keys(query).length === 0 || !URL.canParse(url)) return url;
  const changed = new URL(url);
  for (const [name, value] of Object.entries(query)) changed.searchParams.set(name, value);
  return changed.href;
}

function pressOf({ kind, method, target }: Action, base: string) {
  const path = URL.canParse(target || base, base) ? new URL(target || base, base).pathname : target;
  return { kind, method, path };
}

function isSame(one: NonNullable<Entrance['press']>, other: NonNullable<Entrance['press']>): boolean {
  return one.kind === other.kind && one.method === other.method && one.path === other.path;
}

/** The links and forms that may begin a login, the likeliest first. */
function likelyEntrances(actions: readonly Action[], base: string): Action[] {
  return actions
    .filter(({ target }) => URL.canParse(target || base, base))
    .map((action) => ({ action, score: scoreOf(`${action.target} ${action.words}`) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_TRIED)
    .map(({ action }) => action);
}

function scoreOf(text: string): number {
  if (/log-?_?out|sign-?_?out|로그아웃|unlink|withdraw|delete|탈퇴/i.test(text)) return 0;
  const kakao = /kakao|카카오/i.test(text) ? 4 : 0;
  const login = /log-?_?in|sign-?_?in|로그인|oauth|auth/i.test(text) ? 2 : 0;
  return kakao + login;
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
