import type { JsonObject } from '../server/json.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { announce } from '../webhooks/announce.ts';
import type { Client } from '../world/clients.ts';
import { mayIssue } from '../world/issue-rate.ts';
import { findToken, type IssuedToken, issueToken, revokeAccessTokens } from '../world/tokens.ts';
import { now, type World } from '../world/world.ts';
import { accessTokenLifetime } from './access-token-lifetime.ts';
import { koeError } from './error.ts';
import { makeIdToken } from './id-token.ts';

/** Below this a new refresh token is issued and the old one dies. */
const ROTATION_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * The grant `refresh_token`: a new access token; a new refresh token only when the old one has less than 30 days left.
 * Refusals: KOE319 (not sent), KOE322 (unknown, expired, rotated away, unlinked), KOE237 (rate).
 */
export async function refreshTokens({ key }: Client, request: KakaoRequest, world: World): Promise<Reply> {
  const sent = request.form.get('refresh_token');
  if (!sent) return koeError('KOE319', world);
  const old = findToken(world.tokens.refresh, sent);
  if (!old || old.expiresAt <= now(world) || old.grant.key !== key) {
    return koeError('KOE322', world);
  }
  const rotates = old.expiresAt - now(world) < ROTATION_MS;
  if (world.settings.tokenRateLimit && !mayIssue(world.issueTimes, old.grant.link, rotates, now(world))) {
    return koeError('KOE237', world);
  }
  const at = now(world);
  if (rotates) old.ending = { how: 'rotation', at, request: request.id };
  if (world.settings.refresh === 'revokes_access')
    revokeAccessTokens(world.tokens, old.grant, { how: 'a refresh', at, request: request.id });
  return jsonReply(await refreshed(old, rotates, request, world));
}

async function refreshed(
  { grant }: IssuedToken,
  rotates: boolean,
  request: KakaoRequest,
  world: World,
): Promise<JsonObject> {
  const at = now(world);
  const { refreshTokenLifetimeSeconds } = world.settings;
  const lifetime = accessTokenLifetime(grant.key, world);
  const { app, userId } = grant.link;
  announce(world, { name: 'token-issued', app, userId });
  const fault = request.idTokenFault;
  const order = { grant, nonce: null, issuedAt: Math.floor(at / 1000), fault };
  const hasIdToken = grant.hasIdToken && grant.link.app.oidc && !fault?.omit;
  return {
    access_token: issueToken(world.tokens.access, grant, lifetime, at),
    token_type: 'bearer',
    refresh_token: rotates
      ? issueToken(world.tokens.refresh, grant, refreshTokenLifetimeSeconds, at)
      : undefined,
    refresh_token_expires_in: rotates ? refreshTokenLifetimeSeconds : undefined,
    id_token: hasIdToken ? await makeIdToken(order, world) : undefined,
    expires_in: lifetime,
  };
}
