import type { PlatformKey } from './app-keys.ts';
import type { Client } from './apps.ts';
import type { Ending, Link } from './links.ts';
import { newCode, newToken } from './random.ts';
import type { User } from './users.ts';

/** Something that stops being valid at a point in time (Unix milliseconds). */
export interface Expiring {
  readonly expiresAt: number;
}

const MOST_TOKENS = 20_000;

const MOST_CODES = 10_000;

/** What an authorization code stands for until it is exchanged. */
export interface CodeGrant {
  readonly client: Client;
  readonly user: User;
  readonly redirectUri: string;
  /** Scope ids, and tags of service terms. */
  readonly agreed: { readonly items: readonly string[]; readonly terms: readonly string[] };
  readonly nonce: string | null;
  readonly codeChallenge: string | null;
  /** Whether an ID token is due: a normal login, or `openid` named in `scope`. */
  readonly wantsIdToken: boolean;
  /** Unix seconds. */
  readonly authTime: number;
}

/** A code, kept beyond use and expiry, so that "used", "expired" and "never issued" can be told apart. */
interface IssuedCode extends CodeGrant, Expiring {
  use?: Ending;
}

export type Codes = Map<string, IssuedCode>;

/** Issues an authorization code that lives for `lifetimeSeconds`. */
export function issueCode(codes: Codes, grant: CodeGrant, lifetimeSeconds: number, now: number): string {
  const code = newCode();
  keep(codes, code, { ...grant, expiresAt: now + lifetimeSeconds * 1000 }, MOST_CODES, now);
  return code;
}

/** The unexpired grant behind a code that was not used, without using it up. */
export function findCode(codes: Codes, code: string, now: number): CodeGrant | undefined {
  const grant = codes.get(code);
  return grant && !grant.use && grant.expiresAt > now ? grant : undefined;
}

/** Uses a code up. */
export function useCode(codes: Codes, code: string, use: Ending): void {
  const grant = codes.get(code);
  if (grant) grant.use = use;
}

/** One login: its access and refresh tokens are revoked together. */
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

/** Issues one token of the given kind; the oldest of more than 20,000 are forgotten. */
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

/** Ends a login: all its tokens are revoked. */
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

/** Revokes every access token of one login, but not its refresh tokens. */
export function revokeAccessTokens({ access }: Tokens, grant: Grant, ending: Ending): void {
  for (const issued of access.values()) {
    if (issued.grant === grant) issued.ending ??= ending;
  }
}

/** How long an expired entry is still known, so that "expired" and "never existed" can be told apart. */
const GRACE_MS = 60 * 60 * 1000;

/**
 * Adds an entry and drops the oldest ones that have expired or exceed `limit`, so that memory stays bounded.
 * Assumes that entries of one map live equally long, so that the oldest expires first.
 */
export function keep<T extends Expiring>(
  map: Map<string, T>,
  key: string,
  value: T,
  limit: number,
  now: number,
) {
  map.set(key, value);
  for (const [oldest, entry] of map) {
    if (map.size <= limit && entry.expiresAt + GRACE_MS > now) return;
    map.delete(oldest);
  }
}
