import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../src/index.ts';
import { first, form } from '../kakao.ts';

const main = fileURLToPath(new URL('../../doctor/main.ts', import.meta.url));
const server = createServer((request, response) => {
  answer(request, response).catch(() => response.writeHead(500).end());
});
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ port: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close().closeAllConnections();
  return emulator.close();
});

/** An app whose account page lists the person's devices, each with a button to log it out, above its own logout. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const redirect_uri = `http://${request.headers.host}/callback`;
  const go = (location: string, cookie = 'theme=dark') =>
    void response.writeHead(302, { location, 'set-cookie': `${cookie}; Path=/` }).end();
  if (pathname === '/login') {
    const asked = { client_id: first.client_id, redirect_uri, response_type: 'code', state: 's' };
    return go(`${emulator.url}/oauth/authorize?${new URLSearchParams(asked)}`);
  }
  if (pathname === '/callback') {
    const code = searchParams.get('code') ?? '';
    const grant = { grant_type: 'authorization_code', redirect_uri, code, ...first };
    const tokens = await fetch(`${emulator.url}/oauth/token`, form(grant)).then((it) => it.json());
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const me = await fetch(`${emulator.url}/v2/user/me`, { headers }).then((it) => it.json());
    return go('/', `name=${encodeURIComponent(me.kakao_account.profile.nickname)}`);
  }
  if (pathname === '/logout') return go('/', 'name=; Max-Age=0');
  if (pathname === '/devices/2') return go('/');
  const name = /\bname=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  const page = name
    ? `${decodeURIComponent(name)}, 휴대폰 <form method="post" action="/devices/2"><button>로그아웃</button></form>
       <form method="post" action="/logout"><button>나가기</button></form>`
    : '<a href="/login">Log in with Kakao</a>';
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
}

it('the doctor logs out this browser, not the first device in a list of devices', async () => {
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const args = ['doctor', url, '--kakao', emulator.url, '--only', 'logout-signs-out', '--json'];
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args]);
  let output = '';
  child.stdout.on('data', (part) => {
    output += part;
  });
  child.stderr.on('data', () => {});
  await once(child, 'close');
  expect(JSON.parse(output).cases).toMatchObject([{ id: 'logout-signs-out', verdict: 'pass' }]);
}, 30_000);
