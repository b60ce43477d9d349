import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GET as callback } from '@/app/login/callback/route';
import { POST as start } from '@/app/login/kakao/route';
import { wiring } from '@/lib/server/wiring';
import { withFile } from '../support/database';
import { stubEnvironment } from '../support/env';

const database = withFile();
const origin = 'http://localhost:3000';
const atOnce = 5;

/** Knows everybody and remembers nobody: the code is the person's id. */
const kakao = createServer((request, response) => {
  let form = '';
  request.on('data', (chunk) => {
    form += chunk;
  });
  request.on('end', () => {
    const code = new URLSearchParams(form).get('code');
    const id = request.headers.authorization?.split(' ')[1];
    response.writeHead(200, { 'content-type': 'application/json' });
    if (id) response.end(`{"id":${id},"properties":{"nickname":"Person ${id}"}}`);
    else response.end(JSON.stringify({ access_token: code, token_type: 'bearer', expires_in: 21_599 }));
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => kakao.listen(0, '127.0.0.1', resolve));
  const address = kakao.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const file = `file:${database.file()}`;
  stubEnvironment({ DATABASE_URL: file, KAKAO_AUTH_ORIGIN: url, KAKAO_API_ORIGIN: url });
  await wiring();
});

afterAll(async () => {
  await (await wiring()).db.$disconnect();
  kakao.closeAllConnections();
  kakao.close();
});

/** What Next keeps for the time of a request, in size. */
const requestStore = new AsyncLocalStorage<readonly number[]>();

function inRequest(request: Request, handle: (request: Request) => Promise<Response>): Promise<Response> {
  return requestStore.run(Array<number>(4_000).fill(1.5), () => handle(request));
}

/** The whole login of somebody new from an address of their own. */
async function login(person: number): Promise<void> {
  const address = `10.${person >> 16}.${(person >> 8) & 255}.${person & 255}`;
  const headers = { 'x-socket-address': address, 'x-request-id': String(person), origin };
  const begun = await inRequest(new Request(`${origin}/login/kakao`, { method: 'POST', headers }), start);
  const state = new URL(begun.headers.get('location') ?? '').searchParams.get('state');
  const cookie = begun.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const back = `${origin}/login/callback?${new URLSearchParams({ code: String(person), state: state ?? '' })}`;
  const answer = await inRequest(new Request(back, { headers: { ...headers, cookie } }), callback);
  expect(answer.headers.get('location')).toBe('/account');
}

async function logins(from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += atOnce) {
    await Promise.all(Array.from({ length: atOnce }, (_, i) => login(at + i)));
  }
}

/** Megabytes in use after a full collection. */
async function heapAfterCollection(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  for (let i = 0; i < 3; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    collect();
  }
  return process.memoryUsage().heapUsed / 1e6;
}

it('5,000 logins from 5,000 addresses leave 25 MB behind at most', { timeout: 180_000 }, async () => {
  // One alone first: nothing is compiled yet, and the deadlines of a login count while it is.
  await login(6_000);
  await logins(1, 501);
  const before = await heapAfterCollection();
  await logins(501, 5_501);
  const after = await heapAfterCollection();
  expect(after - before).toBeLessThanOrEqual(25);
});
