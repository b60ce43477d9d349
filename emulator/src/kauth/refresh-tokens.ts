import type { JsonObject } from '../json.ts';
import { Refusal } from '../refusals/refusal.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { announce } from '../webhooks/announce.ts';
import type { Client } from '../world/apps.ts';
import type { Bilingual } from '../world/consent-items.ts';
import { deadTokenVerdict, rotation, unknownTokenVerdict } from '../world/credentials.ts';
import { mayIssue } from '../world/limits.ts';
import { findToken, type IssuedToken, issueToken, revokeAccessTokens } from '../world/tokens.ts';
import { now, type World } from '../world/world.ts';
import { makeIdToken } from './id-token.ts';
import { accessTokenLifetime } from './issue-login.ts';

/** With less time left than this, a new refresh token is issued and the old one is revoked. */
const ROTATION_MS = 30 * 24 * 60 * 60 * 1000;

/**
 * The grant `refresh_token`: a new access token; a new refresh token only when the old one has less than 30 days left.
 * Refusals: KOE319 (not sent), KOE322 (unknown, expired, rotated away, unlinked), KOE237 (rate).
 */
export async function refreshTokens({ key }: Client, request: KakaoRequest, world: World): Promise<Reply> {
  const sent = request.form.get('refresh_token');
  if (!sent) throw new Refusal('KOE319');
  const at = now(world);
  const old = findToken(world.tokens.refresh, sent);
  if (!old || old.expiresAt <= at || old.grant.key !== key)
    throw new Refusal('KOE322', { verdict: unusableVerdict(sent, key.key, world) });
  const rotates = old.expiresAt - at < ROTATION_MS;
  if (world.settings.tokenRateLimit && !mayIssue(world.issueTimes, old.grant.link, rotates, at))
    throw new Refusal('KOE237');
  if (rotates) old.ending = { how: rotation, at, request: request.id };
  if (world.settings.refresh === 'revokes_access')
    revokeAccessTokens(world.tokens, old.grant, {
      how: { en: 'a refresh', ko: '토큰 갱신' },
      at,
      request: request.id,
    });
  return jsonReply(await refreshed(old, { rotates, fault: request.idTokenFault }, world));
}

/** Why this refresh token cannot be used by this client. */
function unusableVerdict(sent: string, clientId: string, world: World): Bilingual {
  const known = world.tokens.refresh.get(sent);
  if (!known) return unknownTokenVerdict(sent, { en: 'a refresh token', ko: '리프레시 토큰' }, world);
  const issuedTo = known.grant.key.key;
  return (
    deadTokenVerdict(known, { en: 'the refresh token', ko: '리프레시 토큰' }, world) ?? {
      en: `the refresh token was issued to client_id ${issuedTo}, not to ${clientId}`,
      ko: `이 리프레시 토큰은 client_id ${clientId}가 아니라 ${issuedTo}에 발급되었습니다`,
    }
  );
}

async function refreshed(
  { grant }: IssuedToken,
  { rotates, fault }: { rotates: boolean; fault: KakaoRequest['idTokenFault'] },
  world: World,
): Promise<JsonObject> {
  const at = now(world);
  const { refreshTokenLifetimeSeconds } = world.settings;
  const lifetime = accessTokenLifetime(grant.key, world);
  const { app, userId } = grant.link;
  announce(world, { name: 'token-issued', app, userId });
  const hasIdToken = grant.hasIdToken && app.oidc && !fault?.omit;
  const order = { grant, nonce: null, issuedAt: Math.floor(at / 1000), lifetime, fault };
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
