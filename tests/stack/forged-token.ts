import { createHash } from 'node:crypto';
import { decodeJwt, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';

/** Who signs, and what deviates from a genuine session token; `undefined` leaves a claim out. */
export interface Forgery {
  readonly secret: string;
  readonly claims: JWTPayload;
  /** Names this secret in the header instead of the one that signs. */
  readonly kidOf?: string;
  readonly algorithm?: string;
}

/** A session token as the app would have made it, but for the deviation. */
export function forgeToken({
  secret,
  claims,
  kidOf = secret,
  algorithm = 'HS256',
}: Forgery): Promise<string> {
  const kid = createHash('sha256').update(kidOf).digest('hex').slice(0, 8);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: algorithm, typ: 'JWT', kid })
    .sign(Buffer.from(secret));
}

/** The same claims under `alg: none`. */
export function unsignedToken(claims: JWTPayload): string {
  return new UnsecuredJWT(claims).encode();
}

/** The session token of a login that was this many milliseconds earlier. */
export function olderToken(token: string, secret: string, ms: number): Promise<string> {
  const { iat = 0, exp = 0, ...claims } = decodeJwt(token);
  const earlier = ms / 1_000;
  return forgeToken({ secret, claims: { ...claims, iat: iat - earlier, exp: exp - earlier } });
}
