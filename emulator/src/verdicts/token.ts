import type { KakaoRequest } from '../server/request.ts';
import { findClient } from '../world/clients.ts';
import type { IssuedToken } from '../world/tokens.ts';
import { now, type World } from '../world/world.ts';
import { ago, span } from './ago.ts';
import { kindOfCredential } from './credential.ts';

/** KOE322: why the refresh token is refused. */
export function refusedRefreshToken({ form }: KakaoRequest, world: World): string {
  const sent = form.get('refresh_token') ?? '';
  const known = world.tokens.refresh.get(sent);
  if (!known) return unknownToken(sent, 'a refresh token', world);
  const dead = whyDead(known, 'the refresh token', world);
  if (dead) return dead;
  const client = findClient(world.apps, form.get('client_id'));
  return `the refresh token was issued to client_id ${known.grant.key.key}, not to ${client?.key.key ?? 'this one'}`;
}

/** -401 with a bearer token: why it is refused. */
export function refusedAccessToken(sent: string, world: World): string | undefined {
  if (sent === '') return 'the Authorization header has no token';
  const known = world.tokens.access.get(sent);
  if (known) return whyDead(known, 'the token', world);
  return unknownToken(sent, 'an access token', world);
}

function unknownToken(sent: string, wanted: string, world: World): string {
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

function whyDead(token: IssuedToken, name: string, world: World): string | undefined {
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
