import { exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from 'jose';
import { afterAll, beforeAll } from 'vitest';
import type { KakaoConfig } from '@/lib/kakao/config';
import { answerJson, startServer, type TestServer } from './http-server';
import { app, kakaoConfig } from './kakao';

const openid = 'https://schemas.openid.net/secevent';

/** The URIs of two events that tests use often. */
export const eventType = {
  unlinked: `${openid}/oauth/event-type/user-unlinked`,
  sessionsRevoked: `${openid}/risc/event-type/sessions-revoked`,
};

/** What deviates from a genuine security event token; `undefined` leaves a claim out. */
export interface SecurityEventOrder {
  readonly kakaoId?: string;
  readonly type?: string;
  readonly at?: Date;
  readonly jti?: string;
  readonly event?: object;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly signedBy?: 'kakao' | 'somebody';
}

/** A Kakao that publishes one key, and signs security event tokens with it or pretends to. */
export function withKakaoKeys() {
  let server: TestServer & { close: () => Promise<void> };
  let keys: Record<'kakao' | 'somebody', CryptoKey>;
  beforeAll(async () => {
    const [kakao, somebody] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')]);
    keys = { kakao: kakao.privateKey, somebody: somebody.privateKey };
    const jwk = { ...(await exportJWK(kakao.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
    server = await startServer(answerJson(JSON.stringify({ keys: [jwk] })));
  });
  afterAll(() => server.close());
  const sign = (order: SecurityEventOrder = {}): Promise<string> => {
    const header = { alg: 'RS256', kid: 'k1', typ: 'secevent+jwt', ...order.header };
    return new SignJWT(claimsOf(server.url, order))
      .setProtectedHeader(header as JWTHeaderParameters)
      .sign(keys[order.signedBy ?? 'kakao']);
  };
  return { config: (changes: Partial<KakaoConfig> = {}) => kakaoConfig(server.url, changes), sign };
}

function claimsOf(issuer: string, order: SecurityEventOrder): Record<string, unknown> {
  const sub = order.kakaoId ?? '3900000001';
  const seconds = Math.floor((order.at ?? new Date()).getTime() / 1_000);
  const subject = { subject_type: 'iss-sub', iss: issuer, sub };
  const own = { iss: issuer, aud: app.clientId, sub, app_id: app.appId, iat: seconds, toe: seconds };
  const events = { [order.type ?? eventType.unlinked]: { subject, ...order.event } };
  const jti = order.jti ?? crypto.randomUUID();
  return { ...own, txn: crypto.randomUUID(), jti, events, ...order.claims };
}
