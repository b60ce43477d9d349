import type { JsonObject } from '../json.ts';
import { announce } from '../webhooks/announce.ts';
import type { PlatformKey } from '../world/app-keys.ts';
import type { IdTokenFault } from '../world/faults.ts';
import type { Link } from '../world/links.ts';
import { type Grant, issueToken } from '../world/tokens.ts';
import { now, type World } from '../world/world.ts';
import { makeIdToken } from './id-token.ts';

/** A login for which tokens are due. */
export interface Login {
  readonly link: Link;
  readonly key: PlatformKey;
  readonly nonce: string | null;
  readonly wantsIdToken: boolean;
  /** Unix seconds. */
  readonly authTime: number;
  readonly fault?: IdTokenFault | undefined;
}

/** Issues access, refresh and (where OpenID Connect is on) ID token: the body of Kakao's token response. */
export async function issueLogin(login: Login, world: World): Promise<JsonObject> {
  const { link, key, nonce, fault } = login;
  const at = now(world);
  const { refreshTokenLifetimeSeconds } = world.settings;
  const lifetime = accessTokenLifetime(key, world);
  const hasIdToken = link.app.oidc && login.wantsIdToken;
  const grant = newGrant(login, hasIdToken);
  announce(world, { name: 'token-issued', app: link.app, userId: link.userId });
  const order = { grant, nonce, issuedAt: Math.floor(at / 1000), lifetime, fault };
  return {
    access_token: issueToken(world.tokens.access, grant, lifetime, at),
    token_type: 'bearer',
    refresh_token: issueToken(world.tokens.refresh, grant, refreshTokenLifetimeSeconds, at),
    id_token: hasIdToken && !fault?.omit ? await makeIdToken(order, world) : undefined,
    expires_in: lifetime,
    scope: grantedScope(link),
    refresh_token_expires_in: refreshTokenLifetimeSeconds,
  };
}

function newGrant({ link, key, authTime }: Login, hasIdToken: boolean): Grant {
  return { link, key, generation: link.generation, hasIdToken, authTime, revoked: false };
}

/** Space-separated, `openid` included for OpenID Connect apps; absent when nothing is granted. */
function grantedScope(link: Link): string | undefined {
  const granted = link.app.oidc ? [...link.agreed, 'openid'] : [...link.agreed];
  return granted.length > 0 ? granted.join(' ') : undefined;
}

/** Seconds that access and ID tokens of this key live, which depends on its type. */
export function accessTokenLifetime({ type }: PlatformKey, { settings }: World): number {
  if (type === 'javascript') return settings.javascriptAccessTokenLifetimeSeconds;
  return type === 'native' ? settings.nativeAccessTokenLifetimeSeconds : settings.accessTokenLifetimeSeconds;
}
