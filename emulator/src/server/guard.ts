import { isIP } from 'node:net';
import type { World } from '../world/world.ts';
import { kakaoHosts } from './kakao-hosts.ts';
import { isLoopback } from './loopback.ts';
import type { RequestHead } from './request.ts';

/** What pages of every kind load; all else below `/__emulator` shows or changes everything. */
const openToPages = ['/__emulator/pages.css', '/__emulator/picture'];

/**
 * Why a request is refused before anything of it is read, or `undefined`. Nobody may come under a name that is not this
 * emulator's, as pages do that have made their own name point here (DNS rebinding). The control API and the inspector are
 * for this machine, unless remote use is allowed, and never for pages of other origins.
 */
export function refusalOf(request: RequestHead, world: World): string | undefined {
  const { headers, isLocal, path } = request;
  const isTool = path.startsWith('/__emulator') && !openToPages.includes(path);
  const host = nameOf(`http://${headers.host ?? 'localhost'}`);
  if (!isOurs(host, world) && (isTool || !kakaoHosts.includes(host)))
    return `the host name ${host} is not one of this emulator; --public-url names another one`;
  if (!isTool) return undefined;
  if (!isLocal && !world.beginning.allowRemote) return 'the control API is for this machine only';
  if (isFromOtherOrigin(request)) return `pages of ${headers.origin} may not use the control API`;
  return isLoadedByOthers(request) ? 'pages of other origins may not use the control API' : undefined;
}

/**
 * Whether a page of another origin has sent this request. Browsers say where every POST comes from; programs that are no
 * browsers do not, and need not be refused. An opaque origin (`null`) counts as another one.
 */
export function isFromOtherOrigin({ headers }: Pick<RequestHead, 'headers'>): boolean {
  const { origin } = headers;
  return origin !== undefined && hostAndPort(origin) !== headers.host;
}

/** Whether a page of another origin loads this without saying who it is. It may lead people to the inspector's page. */
function isLoadedByOthers({ headers, method, path }: RequestHead): boolean {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin' || site === 'none') return false;
  const isVisit = method === 'GET' && headers['sec-fetch-dest'] === 'document';
  return !(isVisit && /^\/__emulator\/?(inspector)?$/.test(path));
}

/**
 * Names that nobody can make point here from outside: addresses, and names that no public server resolves; and those in
 * this emulator's own URLs.
 */
function isOurs(host: string, { beginning }: World): boolean {
  if (isLoopback(host) || beginning.hostNames.includes(host)) return true;
  // Browsers take 0.0.0.0 for this machine, also in pages from elsewhere.
  if (isIP(host) !== 0) return !['0.0.0.0', '::'].includes(host);
  return /^[^.]+$|\.(local|internal)$/.test(host);
}

function hostAndPort(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}

/** The name in an origin, without the brackets of an IPv6 address. */
export function nameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$|\.$/g, '') : '';
}
