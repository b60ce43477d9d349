import { type Expiring, keep } from './bounded-map.ts';
import type { Ending } from './ending.ts';
import type { Link } from './links.ts';
import { newToken } from './opaque.ts';
import type { PlatformKey } from './platform-keys.ts';

const MOST_TOKENS = 50_000;

/** One login: the access and refresh tokens that descend from it live and die together. */
export interface Grant {
  readonly link: Link;
  /** The platform key that the tokens were issued to. */
  readonly key: PlatformKey;
  /** The link's generation at issue. */
  readonly generation: number;
  /** Whether an ID token came with it, so that refreshing brings another. */
  readonly hasIdToken: boolean;
  /** Unix seconds. */
  readonly authTime: number;
  revoked: boolean;
  /** How it was revoked, as far as known. */
  ending?: Ending;
}

export interface IssuedToken extends Expiring {
  readonly grant: Grant;
  /** Of this token alone: a refresh token that was replaced, an access token that was logged out. */
  ending?: Ending;
}

export interface Tokens {
  readonly access: Map<string, IssuedToken>;
  readonly refresh: Map<string, IssuedToken>;
}

/** Issues one token of the given kind; the oldest of more than 50,000 are forgotten. */
export function issueToken(
  kind: Map<string, IssuedToken>,
  grant: Grant,
  lifetimeSeconds: number,
  now: number,
): string {
  const token = newToken();
  keep(kind, token, { grant, expiresAt: now + lifetimeSeconds * 1000 }, MOST_TOKENS, now);
  return token;
}

/** The token's record while neither it, its login nor its link has been revoked; it may have expired. */
export function findToken(kind: ReadonlyMap<string, IssuedToken>, token: string): IssuedToken | undefined {
  const issued = kind.get(token);
  return issued && !issued.ending && isAlive(issued.grant) ? issued : undefined;
}

/** Ends a login: all its tokens are dead. */
export function revokeLogin(grant: Grant, ending: Ending): void {
  grant.revoked = true;
  grant.ending = ending;
}

function isAlive(grant: Grant): boolean {
  const { link, key } = grant;
  return (
    !grant.revoked &&
    link.alive &&
    grant.generation === link.generation &&
    link.app.platformKeys.includes(key)
  );
}

/** Kills every access token of one login, and leaves its refresh tokens. */
export function revokeAccessTokens({ access }: Tokens, grant: Grant, ending: Ending): void {
  for (const issued of access.values()) {
    if (issued.grant === grant) issued.ending ??= ending;
  }
}
