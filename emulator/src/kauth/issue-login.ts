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

/** Kakao's token response. Lifetimes are seconds; `scope` is separated by spaces, absent when nothing is granted. */
type TokenResponse = {
  readonly access_token: string;
  readonly token_type: string;
  readonly refresh_token: string;
  readonly id_token?: string;
  readonly expires_in: number;
  readonly scope?: string;
  readonly refresh_token_expires_in: number;
};

/** Issues access, refresh and (where OpenID Connect is on) ID token. */
export async function issueLogin(login: Login, world: World): Promise<TokenResponse> {
  const { link, key, nonce, fault } = login;
  const at = now(world);
  const { refreshTokenLifetimeSeconds } = world.settings;
  const lifetime = accessTokenLifetime(key, world);
  const hasIdToken = link.app.oidc && login.wantsIdToken;
  const grant = newGrant(login, hasIdToken);
  announce(world, { name: 'token-issued', app: link.app, userId: link.userId });
  const order = { grant, nonce, issuedAt: Math.floor(at / 1000), lifetime, fault };
  const scope = grantedScope(link);
  return {
    access_token: issueToken(world.tokens.access, grant, lifetime, at),
    token_type: 'bearer',
    refresh_token: issueToken(world.tokens.refresh, grant, refreshTokenLifetimeSeconds, at),
    ...(hasIdToken && !fault?.omit && { id_token: await makeIdToken(order, world) }),
    expires_in: lifetime,
    ...(scope !== undefined && { scope }),
    refresh_token_expires_in: refreshTokenLifetimeSeconds,
  };
}

function newGrant({ link, key, authTime }: Login, hasIdToken: boolean): Grant {
  return { link, key, generation: link.generation, hasIdToken, authTime, revoked: false };
}

/** `openid` is included for OpenID Connect apps. */
function grantedScope(link: Link): string | undefined {
  const granted = link.app.oidc ? [...link.agreed, 'openid'] : [...link.agreed];
  return granted.length > 0 ? granted.join(' ') : undefined;
}

/** Seconds that access and ID tokens of this key live, which depends on its type. */
export function accessTokenLifetime({ type }: PlatformKey, { settings }: World): number {
  if (type === 'javascript') return settings.javascriptAccessTokenLifetimeSeconds;
  return type === 'native' ? settings.nativeAccessTokenLifetimeSeconds : settings.accessTokenLifetimeSeconds;
}
