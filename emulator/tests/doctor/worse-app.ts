import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Emulator } from '../../src/index.ts';

const verifier = 'the-same-verifier-in-every-login-0123456789';

interface Profile {
  readonly id: number;
  readonly kakao_account: { readonly profile: { readonly nickname: string }; readonly email: string };
}

/**
 * An app with the mistakes that the careless one does not make: it checks its only state and crashes at everything that is
 * not as in the documents. `stateless` sends no state at all.
 */
export async function startWorseApp({ url: kakao, apps }: Emulator, { stateless = false } = {}) {
  const [{ clientId, clientSecret } = { clientId: '', clientSecret: '' }] = apps();
  const redirectUri = (request: IncomingMessage) => `http://${request.headers.host}/callback`;

  function login(request: IncomingMessage, response: ServerResponse, query: URLSearchParams) {
    const cookies = cookiesOf(request);
    if (cookies['broken']) return response.writeHead(403).end('you have failed once');
    const next = query.get('next');
    if (cookies['who'] && next) return response.writeHead(302, { location: next }).end();
    const state = randomBytes(16).toString('hex');
    const asked = new URLSearchParams({
      client_id: clientId,
      redirect_uri: redirectUri(request),
      response_type: 'code',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...(stateless ? {} : { state }),
    });
    const headers = { 'set-cookie': `state=${state}; Path=/`, location: `${kakao}/oauth/authorize?${asked}` };
    return response.writeHead(302, headers).end();
  }

  async function callback(request: IncomingMessage, response: ServerResponse, query: URLSearchParams) {
    const error = query.get('error');
    if (error === 'consent_required') {
      const again = {
        client_id: clientId,
        redirect_uri: redirectUri(request),
        response_type: 'code',
        prompt: 'none',
      };
      return response
        .writeHead(302, { location: `${kakao}/oauth/authorize?${new URLSearchParams(again)}` })
        .end();
    }
    if (error) throw new Error(error);
    if (!stateless && query.get('state') !== cookiesOf(request)['state']) throw new Error('an attack!');
    const fields = { grant_type: 'authorization_code', client_id: clientId, client_secret: clientSecret };
    const body = new URLSearchParams({
      ...fields,
      redirect_uri: redirectUri(request),
      code: query.get('code') ?? '',
      code_verifier: verifier,
    });
    const answer = await fetch(`${kakao}/oauth/token`, { method: 'POST', body });
    if (!answer.ok) return response.writeHead(502, { 'set-cookie': 'broken=1; Path=/' }).end('Kakao is down');
    const tokens = (await answer.json()) as { access_token: string };
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const me = (await (await fetch(`${kakao}/v2/user/me`, { headers })).json()) as Profile;
    const { email, profile } = me.kakao_account;
    if (!email.includes('@') || profile.nickname.length > 100) throw new Error('the database refuses that');
    const who = Buffer.from(JSON.stringify({ id: String(me.id), nickname: profile.nickname })).toString(
      'base64',
    );
    return response.writeHead(302, { location: '/', 'set-cookie': `who=${who}; Path=/` }).end();
  }

  function home(request: IncomingMessage, response: ServerResponse) {
    const { who } = cookiesOf(request);
    const name = who ? Buffer.from(who, 'base64').toString() : '';
    const body = who ? `${name} <a href="/logout">Log out</a>` : '';
    return response.writeHead(200, { 'content-type': 'text/html' }).end(`${body} <a href="/login">Login</a>`);
  }

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    try {
      if (pathname === '/') home(request, response);
      else if (pathname === '/login') login(request, response, searchParams);
      else if (pathname === '/callback') await callback(request, response, searchParams);
      else if (pathname === '/logout') response.writeHead(302, { location: '/' }).end();
      else if (pathname === '/webhook') response.writeHead(200).end();
      else response.writeHead(404).end();
    } catch {
      response.writeHead(500).end('sorry');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: async () => void server.close().closeAllConnections(),
  };
}

function cookiesOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  const pairs = (headers.cookie ?? '').split('; ').map((pair) => pair.split(/=(.*)/s));
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]));
}
