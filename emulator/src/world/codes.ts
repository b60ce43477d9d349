import { type Expiring, keep } from './bounded-map.ts';
import type { Client } from './clients.ts';
import type { Ending } from './ending.ts';
import { newCode } from './opaque.ts';
import type { User } from './users.ts';

const MOST_CODES = 20_000;

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

/** A code as it is kept: beyond its use and its time, so that these can be told from a code that never was. */
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
