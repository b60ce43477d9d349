import { type Expiring, keep } from './bounded-map.ts';
import type { Client } from './clients.ts';
import { newCode } from './opaque.ts';
import type { User } from './users.ts';

const MOST_CODES = 20_000;

/** What an authorization code stands for until it is exchanged. */
export interface CodeGrant {
  readonly client: Client;
  readonly user: User;
  readonly redirectUri: string;
  readonly agreed: readonly string[];
  readonly nonce: string | null;
  readonly codeChallenge: string | null;
  /** Whether an ID token is due: a normal login, or `openid` named in `scope`. */
  readonly wantsIdToken: boolean;
  /** Unix seconds. */
  readonly authTime: number;
}

export type Codes = Map<string, CodeGrant & Expiring>;

/** Issues an authorization code that lives for `lifetimeSeconds`. */
export function issueCode(codes: Codes, grant: CodeGrant, lifetimeSeconds: number, now: number): string {
  const code = newCode();
  keep(codes, code, { ...grant, expiresAt: now + lifetimeSeconds * 1000 }, MOST_CODES, now);
  return code;
}

/** The unexpired grant behind a code, without using the code up. */
export function findCode(codes: Codes, code: string, now: number): CodeGrant | undefined {
  const grant = codes.get(code);
  return grant && grant.expiresAt > now ? grant : undefined;
}
