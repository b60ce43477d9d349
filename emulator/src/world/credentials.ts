import type { Ending } from './links.ts';
import type { IssuedToken } from './tokens.ts';
import { now, type World } from './world.ts';

/** What kind of credential was sent in the wrong place: `an authorization code`; `undefined` if unknown. */
export function kindOfCredential(sent: string, world: World): string | undefined {
  if (world.codes.has(sent)) return 'an authorization code';
  if (world.tokens.access.has(sent)) return 'an access token';
  if (world.tokens.refresh.has(sent)) return 'a refresh token';
  if (isJwt(sent)) return 'an ID token';
  return kindOfKey(sent, world);
}

const keyNames = { rest: 'REST API', javascript: 'JavaScript', native: 'native app' } as const;

function kindOfKey(sent: string, { apps }: World): string | undefined {
  for (const { appId, platformKeys, adminKeys } of apps) {
    const key = platformKeys.find((it) => it.key === sent);
    if (key) return `the ${keyNames[key.type]} key of app ${appId}`;
    if (adminKeys.some((it) => it.key === sent)) return `an admin key of app ${appId}`;
    const isSecret = sent !== '' && platformKeys.some((it) => it.clientSecret === sent);
    if (isSecret) return `the client_secret of app ${appId}`;
    if (String(appId) === sent) return `the app id of app ${appId}`;
  }
  return undefined;
}

function isJwt(text: string): boolean {
  return /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(text);
}

/** Why an unknown token is refused; `wanted` is what belongs there: `an access token`. */
export function unknownTokenVerdict(sent: string, wanted: string, world: World): string {
  const kind = kindOfCredential(sent, world);
  if (kind) return `this is ${kind}, not ${wanted}`;
  const bare = sent.replace(/^["'\s]+|["'\s]+$/g, '');
  if (bare !== sent && world.tokens.access.has(bare)) return 'the token has quotes or white space around it';
  if (/^(undefined|null|\[object Object\])$/.test(sent))
    return `the text "${sent}" was sent instead of a token`;
  if (/^emu_/.test(sent) && sent.length !== 64)
    return `the token has ${sent.length} characters; those issued here have 64`;
  return `${wanted} like this was never issued here, or is long forgotten (a reset forgets all)`;
}

/** Why an issued token is no longer valid; `undefined` while it is. `name` begins the sentence: `the token`. */
export function deadTokenVerdict(token: IssuedToken, name: string, world: World): string | undefined {
  const { grant, expiresAt } = token;
  const at = now(world);
  const { link, key } = grant;
  if (token.ending && token.ending.how !== 'rotation')
    return `${name} was revoked by ${token.ending.how} ${ago(token.ending, at)}`;
  if (token.ending)
    return `${name} was replaced ${ago(token.ending, at)}: refreshing within its last 30 days brings a new one`;
  const ending = grant.ending ?? link.ending;
  if (grant.revoked || !link.alive || grant.generation !== link.generation)
    return ending ? `${name} was revoked by ${ending.how} ${ago(ending, at)}` : `${name} was revoked`;
  if (!link.app.platformKeys.includes(key))
    return `${name} was issued to the key ${key.key}, which was deleted`;
  return expiresAt <= at ? `${name} expired ${span(at - expiresAt)} ago` : undefined;
}

/** A span of time in words: `3.2 s`, `12 min`, `5 h`, `40 days`. */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 120 * 60) return `${Math.round(seconds / 60)} min`;
  return seconds < 48 * 3600 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}

/** When something ended, and by which request: `3.2 s ago by request #12`. */
export function ago({ at, request }: Ending, now: number): string {
  return `${span(now - at)} ago${request > 0 ? ` by request #${request}` : ''}`;
}
