import { compactVerify, decodeProtectedHeader, errors } from 'jose';
import { z } from 'zod';
import { parseExactJson } from './api';
import type { KakaoConfig } from './config';
import { KakaoError } from './errors';
import { keySet, keysAreMissing } from './id-token';
import { readKakaoId } from './user';

/** One change of an account's state, as Kakao signed it. `type` is the event URI, `kakaoId` decimal digits. */
export interface SecurityEvent {
  readonly jti: string;
  readonly type: string;
  readonly kakaoId: string;
  /** When it happened (`toe`), to the second; when it was issued if Kakao does not say. */
  readonly occurredAt: Date;
  /** Why a person was unlinked, such as `UNLINK_FROM_APPS`. */
  readonly reason: string | null;
}

/** Why a delivery is refused, with a receiver's code for it (RFC 8935 2.4). */
export class SecurityEventRefusal extends Error {
  override readonly name = 'SecurityEventRefusal';
  readonly err: 'invalid_request' | 'invalid_key' | 'invalid_issuer' | 'invalid_audience';

  constructor(err: SecurityEventRefusal['err'], description: string) {
    super(description);
    this.err = err;
  }
}

const maxBytes = 16 * 1_024;
const seconds = z.bigint().positive().lt(10_000_000_000n);
const text = z.string().min(1).max(255);

const claimsBody = z.object({
  iss: z.unknown().optional(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  sub: z.unknown().optional(),
  app_id: z.union([z.string(), z.bigint()]).optional(),
  iat: seconds,
  toe: seconds.optional(),
  jti: text,
  events: z.record(text, z.object({ subject: z.object({ sub: z.unknown() }), reason: text.optional() })),
});

/**
 * Validates a security event token (RFC 8417) pushed to us (RFC 8935; Kakao's account-state-change webhook): sent as
 * `application/secevent+jwt`, at most 16 KB, `typ` `secevent+jwt`, RS256 by one of Kakao's published keys, issued by
 * Kakao for this app, exactly one event, about its own subject. An ID token of Kakao's has the same keys and fails at
 * `typ`.
 *
 * @throws SecurityEventRefusal
 * @throws KakaoError `unavailable` when Kakao's keys cannot be fetched: nothing is known of the token then
 */
export async function readSecurityEvent(
  config: KakaoConfig,
  contentType: string | null,
  body: string,
): Promise<SecurityEvent> {
  if (!isMediaType(contentType?.split(';')[0])) {
    throw new SecurityEventRefusal('invalid_request', 'the content type must be application/secevent+jwt');
  }
  const token = body.trim();
  const problem = headerProblem(token);
  if (problem) throw new SecurityEventRefusal('invalid_request', problem);
  const claims = claimsBody.safeParse(await verifiedPayload(config, token));
  if (claims.success) return validateClaims(config, claims.data);
  throw new SecurityEventRefusal('invalid_request', 'the claims are not those of a security event');
}

function validateClaims(config: KakaoConfig, claims: z.infer<typeof claimsBody>): SecurityEvent {
  if (claims.iss !== config.issuer) {
    throw new SecurityEventRefusal('invalid_issuer', 'the issuer is not Kakao');
  }
  if (!isForUs(config, claims)) {
    throw new SecurityEventRefusal('invalid_audience', 'the event is for another app');
  }
  const [event, ...others] = Object.entries(claims.events);
  if (!event || others.length > 0) {
    throw new SecurityEventRefusal('invalid_request', 'there must be exactly one event');
  }
  const [type, { subject, reason = null }] = event;
  const kakaoId = readKakaoId(claims.sub);
  if (kakaoId === null || readKakaoId(subject.sub) !== kakaoId) {
    throw new SecurityEventRefusal('invalid_request', 'the event is not about the subject of the token');
  }
  const occurredAt = new Date(Number(claims.toe ?? claims.iat) * 1_000);
  return { jti: claims.jti, type, kakaoId, occurredAt, reason };
}

/**
 * Kakao names an app by the REST API key in most deliveries that were seen, by the app id in some; some have the app
 * id beside it, which then must not say otherwise.
 */
function isForUs({ clientId, appId }: KakaoConfig, { aud, app_id }: z.infer<typeof claimsBody>): boolean {
  if (app_id !== undefined && appId !== undefined && String(app_id) !== appId) return false;
  return [aud ?? []].flat().some((audience) => audience === clientId || audience === appId);
}

/** `application/secevent+jwt`, which `typ` abbreviates (RFC 8417 2.3). */
function isMediaType(name: unknown): boolean {
  return typeof name === 'string' && /^(application\/)?secevent\+jwt$/i.test(name.trim());
}

function headerProblem(token: string): string | null {
  if (token.length > maxBytes) return 'a security event has at most 16 KB';
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return 'the body is not a signed token';
  try {
    const { typ, alg, kid } = decodeProtectedHeader(token);
    if (!isMediaType(typ)) return 'typ must be secevent+jwt';
    if (alg !== 'RS256') return 'alg must be RS256';
    return kid ? null : 'kid is missing';
  } catch {
    return 'the header of the token cannot be read';
  }
}

/**
 * The payload as exact JSON; `undefined` when it is not JSON.
 *
 * @throws SecurityEventRefusal `invalid_key` when it is not signed with a key of Kakao's
 * @throws KakaoError `unavailable`
 */
async function verifiedPayload(config: KakaoConfig, token: string): Promise<unknown> {
  try {
    const { payload } = await compactVerify(token, keySet(config), { algorithms: ['RS256'] });
    return parseExactJson(Buffer.from(payload).toString('utf8'));
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    if (cause instanceof errors.JOSEError && !keysAreMissing(cause)) {
      throw new SecurityEventRefusal('invalid_key', 'no published key of Kakao signed this');
    }
    throw new KakaoError('unavailable', 'the keys of Kakao did not come', { cause });
  }
}
