import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { controlClient } from '../src/client.ts';
import { type EmulatorOptions, startEmulator } from '../src/index.ts';
import { callback, first, payloadOf, people, send, useKakao } from './kakao.ts';

const kakao = useKakao();

/** Sends a request under a host name, as a client does whose name lookup leads here. */
function under(
  host: string,
  method: string,
  path: string,
  body = '',
  headers: Record<string, string> = {},
  port = new URL(kakao.emulator().url).port,
) {
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return new Promise<{ status: number; location: string; text: string }>((resolve, reject) => {
    request(
      { host: '127.0.0.1', port, method, path, headers: { host, ...type, ...headers } },
      async (answer) => {
        answer.setEncoding('utf8');
        const text = (await answer.toArray()).join('');
        resolve({ status: answer.statusCode ?? 0, location: answer.headers.location ?? '', text });
      },
    )
      .once('error', reject)
      .end(body);
  });
}

const kauth = (method: string, path: string, body?: string) => under('kauth.kakao.com', method, path, body);
const kapi = (method: string, path: string, headers?: Record<string, string>) =>
  under('kapi.kakao.com', method, path, '', headers);

describe('under Kakao’s own host names', () => {
  it.each([
    ['kauth.kakao.com', '/v2/user/me'],
    ['kauth.kakao.com', '/v1/user/access_token_info'],
    ['kauth.kakao.com:4443', '/v1/oidc/userinfo'],
    ['kapi.kakao.com', '/oauth/token'],
    ['KAPI.kakao.com', '/oauth/authorize'],
    ['kapi.kakao.com', '/.well-known/openid-configuration'],
    ['kapi.kakao.com', '/'],
  ])('%s has no %s', async (host, path) => {
    expect((await under(host, 'POST', path)).status).toBe(404);
  });

  it('a request to the wrong host uses up no fault', async () => {
    await kakao.fault('/oauth/token', { status: 503 });
    await kapi('POST', '/oauth/token');
    expect((await kauth('POST', '/oauth/token')).status).toBe(503);
  });

  it('there is no control API', async () => {
    expect((await kauth('GET', '/__emulator/v1/users')).status).toBe(403);
    expect((await kapi('GET', '/__emulator/v1/users')).status).toBe(403);
  });

  it('discovery is Kakao’s, word for word', async () => {
    expect(JSON.parse((await kauth('GET', '/.well-known/openid-configuration')).text)).toEqual({
      issuer: 'https://kauth.kakao.com',
      authorization_endpoint: 'https://kauth.kakao.com/oauth/authorize',
      token_endpoint: 'https://kauth.kakao.com/oauth/token',
      userinfo_endpoint: 'https://kapi.kakao.com/v1/oidc/userinfo',
      jwks_uri: 'https://kauth.kakao.com/.well-known/jwks.json',
      token_endpoint_auth_methods_supported: ['client_secret_post'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      request_uri_parameter_supported: false,
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      claims_supported: [
        'iss',
        'aud',
        'sub',
        'auth_time',
        'exp',
        'iat',
        'nonce',
        'nickname',
        'picture',
        'email',
      ],
    });
  });

  it('a whole login works, and its ID token is from Kakao', async () => {
    const { search } = new URL(kakao.authorizeUrl());
    const pressed = await kauth(
      'POST',
      `/oauth/authorize${search}`,
      `user=${people.plain}&decision=agree_all`,
    );
    const code = new URL(pressed.location).searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', redirect_uri: callback, code, ...first };
    const tokens = JSON.parse((await kauth('POST', '/oauth/token', String(new URLSearchParams(form)))).text);
    expect(payloadOf(tokens.id_token)['iss']).toBe('https://kauth.kakao.com');
    const me = await kapi('GET', '/v2/user/me', { authorization: `Bearer ${tokens.access_token}` });
    expect(JSON.parse(me.text).id).toBe(Number(people.plain));
    const info = await kauth('POST', '/oauth/tokeninfo', `id_token=${tokens.id_token}`);
    expect(info.status).toBe(200);
    const here = { method: 'POST', body: new URLSearchParams({ id_token: tokens.id_token }) };
    expect((await send(kakao.url('/oauth/tokeninfo'), here)).status).toBe(400);
  });
});

describe('an emulator with two origins', () => {
  const two = { publicUrl: 'http://localhost:4000', internalUrl: 'http://kakao:4000/' };

  it('sends browsers to the public one and servers to the internal one', async () => {
    const { discovery, close } = await discoveryOf(two);
    await close();
    expect(discovery).toMatchObject({
      issuer: 'http://localhost:4000',
      authorization_endpoint: 'http://localhost:4000/oauth/authorize',
      token_endpoint: 'http://kakao:4000/oauth/token',
      userinfo_endpoint: 'http://kakao:4000/v1/oidc/userinfo',
      jwks_uri: 'http://kakao:4000/.well-known/jwks.json',
    });
  });

  it('does so in its namespaces as well', async () => {
    const { discovery, close } = await discoveryOf(two, '/ns/mine');
    await close();
    expect(discovery).toMatchObject({
      issuer: 'http://localhost:4000/ns/mine',
      token_endpoint: 'http://kakao:4000/ns/mine/oauth/token',
    });
  });

  it('says Kakao’s own addresses when that is what it is told', async () => {
    const { discovery, close } = await discoveryOf({ publicUrl: 'https://kauth.kakao.com' });
    await close();
    expect(discovery['userinfo_endpoint']).toBe('https://kapi.kakao.com/v1/oidc/userinfo');
    expect(discovery['token_endpoint']).toBe('https://kauth.kakao.com/oauth/token');
  });
});

/** Discovery of an emulator with these options, asked for where it really listens. */
async function discoveryOf(options: EmulatorOptions, basePath = '') {
  const { port } = new URL((await startEmulatorOnce()).url);
  const emulator = await startEmulator({ port: Number(port), ...options });
  if (basePath) await emulator.namespace({ name: 'mine' });
  const at = `http://127.0.0.1:${port}${basePath}/.well-known/openid-configuration`;
  return { discovery: (await send(at)).json, close: emulator.close };
}

/** An emulator that has come and gone, for a port that is free. */
async function startEmulatorOnce() {
  const emulator = await startEmulator({ port: 0 });
  await emulator.close();
  return emulator;
}

describe('a name that is not this emulator’s (DNS rebinding)', () => {
  const everywhere = ['/', '/account', '/oauth/authorize', '/oauth/token', '/v2/user/me', '/favicon.ico'];
  const tools = [
    '/__emulator/',
    '/__emulator/inspector',
    '/__emulator/inspector/live',
    '/__emulator/v1/apps',
  ];
  const paths = [
    ...everywhere,
    ...tools,
    '/__emulator/pages.css',
    '/__emulator/picture',
    '/nowhere',
    '/ns/a/',
  ];

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'kauth.kakao.com.evil.example',
    '0.0.0.0',
    '0',
    '[::]',
    '',
  ])('%s is refused everywhere, and learns nothing', async (host) => {
    for (const path of paths) {
      const { status, text } = await under(`${host}:4000`, 'GET', path);
      if (path !== '/ns/a/') expect([path, status]).toEqual([path, 403]);
      expect(text, path).not.toContain(first.client_secret);
    }
  });

  it.each([
    ...['localhost', '127.0.0.1', '[::1]', 'app.localhost', 'LOCALHOST', 'localhost.'],
    ...['kakao', 'kakao.local', 'kakao.internal', '192.168.0.10', '[fd00::1]', 'accounts.kakao.com'],
  ])('%s is one of its own', async (host) => {
    const { status, text } = await under(`${host}:4000`, 'GET', '/');
    expect(status).toBe(200);
    expect(text).toContain(first.client_secret);
  });

  it('is one of its own when its URLs have it, in namespaces with ports of their own too', async () => {
    const port = new URL((await startEmulatorOnce()).url).port;
    const emulator = await startEmulator({
      port: Number(port),
      publicUrl: 'http://kakao.example.com:4000',
      internalUrl: 'http://kakao.svc.example.com',
    });
    try {
      const { url } = await controlClient(`http://127.0.0.1:${port}`).namespaces.open({ port: 0 });
      for (const each of [port, new URL(url).port]) {
        for (const host of ['kakao.example.com', 'kakao.svc.example.com', 'localhost'])
          expect((await under(host, 'GET', '/', '', {}, each)).status, host).toBe(200);
        expect((await under('evil.example', 'GET', '/', '', {}, each)).status).toBe(403);
      }
    } finally {
      await emulator.close();
    }
  });
});

describe('a page of another origin', () => {
  const tools = [
    '/__emulator/v1/requests',
    '/__emulator/v1/requests/live',
    '/__emulator/v1/requests/wait?timeoutMs=60000',
    '/__emulator/inspector/live',
    '/__emulator/inspector/main.js',
  ];

  it.each(['cross-site', 'same-site'])('that is %s loads nothing of the tools', async (site) => {
    for (const [mode, dest] of [
      ['no-cors', 'image'],
      ['cors', 'empty'],
      ['navigate', 'iframe'],
      ['navigate', 'document'],
    ] as const) {
      const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest };
      for (const path of tools)
        expect((await under('localhost', 'GET', path, '', headers)).status, `${dest} ${path}`).toBe(403);
    }
  });

  it('leads people to the inspector, and shows it in no frame', async () => {
    const visit = (dest: string) => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': dest });
    const status = async (dest: string) =>
      (await under('localhost', 'GET', '/__emulator/inspector', '', visit(dest))).status;
    expect(await status('document')).toBe(200);
    expect(await status('iframe')).toBe(403);
  });

  it('cannot keep the inspector from its list by asking for it a hundred times', async () => {
    const headers = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'no-cors',
      'sec-fetch-dest': 'image',
    };
    for (let sent = 0; sent < 101; sent += 1)
      await under('localhost', 'GET', '/__emulator/v1/requests/live', '', headers);
    const { emulator } = kakao;
    const live = await fetch(`${emulator().url}/__emulator/inspector/live`);
    expect(live.status).toBe(200);
    await live.body?.cancel();
  });

  it('is refused before its body is read', async () => {
    const { port } = new URL(kakao.emulator().url);
    const headers = { host: 'localhost', origin: 'https://evil.example', 'content-length': '10000000' };
    const status = await new Promise((resolve, reject) => {
      const sending = request({ port, method: 'PUT', path: '/__emulator/v1/snapshot', headers }, (answer) => {
        resolve(answer.statusCode);
        sending.destroy();
      });
      sending.on('error', reject).write('{');
    });
    expect(status).toBe(403);
  });
});

describe('the account page', () => {
  const signIn = (host: string) =>
    under(host, 'POST', '/account', `user=${people.plain}`, { origin: `http://${host}` });

  it('is not for a stranger whose name was made to point here (DNS rebinding)', async () => {
    expect((await signIn('evil.example')).status).toBe(403);
  });

  it('is under Kakao’s names and this machine’s', async () => {
    for (const host of ['accounts.kakao.com', 'localhost', '127.0.0.1'])
      expect((await signIn(host)).status).toBe(303);
  });
});
