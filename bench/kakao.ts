import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The keys, secret and app id that every server under test has. */
export const kakaoApp = {
  clientId: 'bench0000000000000000000000000001',
  clientSecret: 'bench_secret',
  appId: '1',
  adminKey: 'bench0000000000000000000000000002',
};

/** A Kakao that agrees to everything at once. It checks nothing, so that what is measured is the server under test. */
export interface FakeKakao {
  readonly origin: string;
  /** How long every answer is held back, ms. */
  delayMs: number;
  /** Whether ID tokens come (OpenID Connect is on). */
  idTokens: boolean;
  /** What Kakao's authorize page at this address would send the browser back with, for this person. */
  approve(authorizeUrl: string, kakaoId: string): string;
  close(): void;
}

interface Grant {
  readonly kakaoId: string;
  readonly nonce: string | null;
}

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const kid = 'bench';
const keys = {
  keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }],
};

export async function startKakao(): Promise<FakeKakao> {
  const grants = new Map<string, Grant>();
  const server = createServer({ keepAliveTimeout: 600_000 }, async (request, response) => {
    const body = await readBody(request);
    if (kakao.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, kakao.delayMs));
    answer(request, response, body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const kakao: FakeKakao = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    delayMs: 0,
    idTokens: false,
    approve(authorizeUrl, kakaoId) {
      const asked = new URL(authorizeUrl).searchParams;
      const code = randomUUID();
      grants.set(code, { kakaoId, nonce: asked.get('nonce') });
      const state = asked.get('state');
      const query = new URLSearchParams({ code, ...(state === null ? {} : { state }) });
      return `${asked.get('redirect_uri')}?${query}`;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };

  function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
    const path = request.url?.split('?')[0];
    const token = tokenOf(request);
    if (path === '/oauth/token') send(response, tokens(new URLSearchParams(body)));
    else if (path === '/v2/user/me') send(response, profile(token));
    else if (path === '/v2/user/scopes') send(response, consents);
    else if (path === '/v1/user/access_token_info')
      send(response, `{"id":${token},"app_id":${kakaoApp.appId}}`);
    else if (path === '/.well-known/jwks.json') send(response, JSON.stringify(keys));
    else response.writeHead(404).end();
  }

  function tokens(form: URLSearchParams): string {
    const code = form.get('code') ?? '';
    const grant = grants.get(code);
    if (!grant) return '{"error":"invalid_grant","error_code":"KOE320"}';
    grants.delete(code);
    const idToken = kakao.idTokens ? { id_token: signIdToken(kakao.origin, grant) } : {};
    return JSON.stringify({
      access_token: grant.kakaoId,
      token_type: 'bearer',
      refresh_token: 'refresh',
      expires_in: 21_599,
      refresh_token_expires_in: 5_183_999,
      ...idToken,
    });
  }
  return kakao;
}

/** Our access tokens are the person's id. The scheme may be in small letters, and passport-kakao sends a parameter. */
function tokenOf({ headers, url = '' }: IncomingMessage): string {
  const inHeader = headers.authorization?.replace(/^bearer /i, '');
  return inHeader ?? new URLSearchParams(url.split('?')[1]).get('access_token') ?? '';
}

const consents = JSON.stringify({
  scopes: ['profile_nickname', 'profile_image', 'account_email'].map((id) => {
    return { id, display_name: id, type: 'PRIVACY', using: true, agreed: true, revocable: true };
  }),
});

function profile(kakaoId: string): string {
  const account = {
    profile: {
      nickname: `bench ${kakaoId}`,
      profile_image_url: 'https://k.kakaocdn.net/dn/a/640.jpg',
      thumbnail_image_url: 'https://k.kakaocdn.net/dn/a/110.jpg',
    },
    has_email: true,
    is_email_valid: true,
    is_email_verified: true,
    email: `${kakaoId}@example.com`,
  };
  return `{"id":${kakaoId},"connected_at":"2026-01-01T00:00:00Z","kakao_account":${JSON.stringify(account)}}`;
}

function signIdToken(issuer: string, { kakaoId, nonce }: Grant): string {
  const now = Math.floor(Date.now() / 1_000);
  const claims = {
    aud: kakaoApp.clientId,
    sub: kakaoId,
    auth_time: now,
    iss: issuer,
    nickname: `bench ${kakaoId}`,
    picture: 'http://k.kakaocdn.net/dn/a/110.jpg',
    email: `${kakaoId}@example.com`,
    exp: now + 21_599,
    iat: now,
    ...(nonce === null ? {} : { nonce }),
  };
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ kid, typ: 'JWT', alg: 'RS256' })}.${part(claims)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
}

function send(response: ServerResponse, json: string): void {
  response
    .writeHead(200, {
      'content-type': 'application/json;charset=UTF-8',
      'content-length': Buffer.byteLength(json),
    })
    .end(json);
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}
