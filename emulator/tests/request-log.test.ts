import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { callback, first, people, send, useKakao } from './kakao.ts';

const kakao = useKakao();
const run = promisify(execFile);

type Entry = Record<string, unknown> & { answer: { headers: Record<string, string>; body: string } };

const log = async (query = '') =>
  (await kakao.control('GET', `requests${query}`)).json['requests'] as Entry[];

/** Two refusals and a good answer, with the secrets that were in them. */
async function someRequests() {
  await kakao.me('emu_token_that_is_secret');
  const code = await kakao.login(people.plain, { state: 'a-state-of-mine' });
  const { json } = await kakao.exchange(code);
  await kakao.exchange(code);
  return [
    code,
    json['access_token'],
    json['refresh_token'],
    json['id_token'],
    first.client_secret,
  ] as string[];
}

describe('the log of requests refuses', () => {
  it.each([
    ['?status=abc', 'status'],
    ['?code=ABC', 'code'],
    ['?since=-1', 'since'],
    ['?path=oauth', 'path'],
    ['?method=', 'method'],
    ['?colour=red', 'colour'],
    ['?secrets=yes', 'secrets'],
    ['.har?status=1', 'status'],
    ['/live?since=x', 'since'],
    ['/wait?timeoutMs=60001', 'timeoutMs'],
    ['/wait?timeoutMs=soon', 'timeoutMs'],
    ['?timeoutMs=5', 'timeoutMs'],
  ])('%s, naming %s', async (query, field) => {
    const { status, json } = await kakao.control('GET', `requests${query}`);
    expect([status, json['field']]).toEqual([400, field]);
  });
});

describe('the log of requests', () => {
  it('can be narrowed by path, method, status, code and id', async () => {
    await someRequests();
    expect(await log('?path=/v2/user/me&status=401')).toHaveLength(1);
    expect(await log('?method=post')).toHaveLength(3);
    expect(await log('?status=4xx')).toMatchObject([{ code: -401 }, { code: 'KOE320' }]);
    expect(await log('?code=KOE320&path=/oauth/token')).toMatchObject([{ id: 4, status: 400 }]);
    expect(await log('?code=-401')).toHaveLength(1);
    expect(await log('?since=3')).toMatchObject([{ id: 4 }]);
  });

  it('has the answers, with every secret masked', async () => {
    const secrets = await someRequests();
    const entries = await log();
    const [, redirect, tokens, refused] = entries;
    expect(redirect?.answer.headers['Location']).toBe(`${callback}?code=emu_… (86)&state=a-st… (15)`);
    expect(JSON.parse(tokens?.answer.body ?? '')).toMatchObject({
      access_token: 'emu_… (64)',
      id_token: expect.stringMatching(/^eyJ.… \(\d+\)$/),
      expires_in: 21599,
    });
    expect(refused?.answer.body).toContain('authorization code not found for code=emu_… (86)');
    const everything = JSON.stringify(entries) + (await kakao.control('GET', 'requests.har')).text;
    for (const secret of secrets) expect(everything).not.toContain(secret);
    expect(everything).not.toContain('a-state-of-mine');
  });

  it('shows the secrets when asked', async () => {
    const secrets = await someRequests();
    const everything = JSON.stringify(await log('?secrets=shown'));
    for (const secret of secrets) expect(everything).toContain(secret);
  });

  it('keeps four thousand characters of bodies, and exact ids', async () => {
    const { access_token } = await kakao.tokens(people.bigger);
    await kakao.me(access_token);
    const body = JSON.stringify({ long: 'x'.repeat(9000) });
    await kakao.token({}, { headers: { 'content-type': 'application/json' }, body });
    await kakao.fault('/v2/user/me', { status: 500, body: 'y'.repeat(9000) });
    await kakao.me(access_token);
    const [me, token, long] = await log();
    expect(me?.answer.body).toContain('"id":9007199254740993');
    expect(String(token?.['body'])).toHaveLength(4096);
    expect(long?.answer.body).toHaveLength(4096);
  });

  it('keeps the beginnings of large forms', async () => {
    const fields = Array.from({ length: 80 }, (_, at): [string, string] => [
      `f${at}`,
      'x'.repeat(at === 0 ? 20_000 : 1),
    ]);
    await kakao.token(Object.fromEntries(fields));
    const { form } = (await log('?secrets=shown'))[0] as unknown as { form: Record<string, string> };
    expect([Object.keys(form).length, form['f0']?.length]).toEqual([50, 4096]);
  });

  it('numbers requests as they come, whenever they are answered', async () => {
    await kakao.fault('/v2/user/me', { delayMs: 40 });
    await Promise.all([kakao.me('slow'), kakao.control('GET', 'requests/wait?timeoutMs=10')]);
    await kakao.fault('/v2/user/me', { delayMs: 600_000 });
    const slow = fetch(kakao.url('/v2/user/me'), { signal: AbortSignal.timeout(50) });
    await expect(slow).rejects.toThrow();
    const { json } = await kakao.control('GET', 'requests/wait?since=1');
    expect(json).toMatchObject({ id: 2, status: 0, verdict: expect.stringMatching(/^the client hung up/) });
  });
});

describe('waiting for a request', () => {
  it('ends with one that is there already', async () => {
    await kakao.me('x');
    const { status, json } = await kakao.control('GET', 'requests/wait?path=/v2/user/me&status=401');
    expect([status, json['id'], json['code']]).toEqual([200, 1, -401]);
  });

  it('ends with the next one that fits', async () => {
    await kakao.exchange('x');
    const waiting = kakao.control('GET', 'requests/wait?path=/oauth/token&since=1&timeoutMs=60000');
    await kakao.me('x');
    await kakao.exchange('y');
    expect((await waiting).json).toMatchObject({ id: 3, path: '/oauth/token', code: 'KOE320' });
  });

  it('ends in 404 when none comes', async () => {
    const { status, json } = await kakao.control('GET', 'requests/wait?path=/oauth/token&timeoutMs=20');
    expect([status, json['detail']]).toEqual([404, 'no such request within 20 ms']);
  });

  it('is for a hundred at most', async () => {
    const gone = new AbortController();
    const many = Array.from({ length: 100 }, () =>
      fetch(kakao.url('/__emulator/v1/requests/live'), { signal: gone.signal }),
    );
    await Promise.all(many);
    expect((await kakao.control('GET', 'requests/wait')).status).toBe(503);
    expect((await kakao.control('GET', 'requests/live')).status).toBe(503);
    gone.abort();
    await expect.poll(async () => (await kakao.control('GET', 'requests/wait?timeoutMs=1')).status).toBe(404);
  });
});

describe('the live tail', () => {
  const open = async (query = '', headers: Record<string, string> = {}) => {
    const response = await fetch(kakao.url(`/__emulator/v1/requests/live${query}`), { headers });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (words: string) => {
      while (!text.includes(words)) text += (await reader?.read())?.value ?? '';
      return text;
    };
    return { response, until, close: () => reader?.cancel() };
  };

  it('tells of each request once it is answered, and of a reset', async () => {
    const tail = await open('?path=/v2/user/me');
    expect(tail.response.headers.get('content-type')).toBe('text/event-stream');
    await kakao.exchange('x');
    await kakao.me('x');
    const text = await tail.until('"path":"/v2/user/me"');
    expect(text).toContain('event: request\nid: 2\ndata: {"id":2,');
    expect(text).not.toContain('/oauth/token');
    kakao.emulator().reset();
    await tail.until('event: cleared');
    await kakao.me('x');
    await tail.until('id: 1\n');
    await tail.close();
  });

  it('begins with what a reader has missed', async () => {
    for (const token of ['a', 'b', 'c']) await kakao.me(token);
    for (const [query, headers] of [['?since=2', {}] as const, ['', { 'last-event-id': '2' }] as const]) {
      const tail = await open(query, headers);
      const text = await tail.until('id: 3');
      expect(text).not.toContain('id: 2');
      await tail.close();
    }
  });
});

describe('a noted request as a curl command', () => {
  const curlOf = async (query = '') => String((await log(query)).at(-1)?.['curl']);
  /** Runs it in a shell and answers the status line and the body. */
  const inShell = async (command: string, env: Record<string, string>) =>
    (await run('/bin/sh', ['-c', command.replace('curl', 'curl -s')], { env: { ...process.env, ...env } }))
      .stdout;

  it('has variables for secrets, and gets the same answer', async () => {
    const { access_token } = await kakao.tokens(people.plain);
    await kakao.me(access_token, { property_keys: '["kakao_account.email"]' });
    const command = await curlOf();
    expect(command).toContain('-H "authorization: Bearer $ACCESS_TOKEN"');
    const output = await inShell(command, { ACCESS_TOKEN: String(access_token) });
    expect(output).toContain('HTTP/1.1 200');
    expect(output).toContain('"id":3900000001');
  });

  it('sends form fields encoded', async () => {
    const code = await kakao.login(people.plain, { state: 's' });
    await kakao.exchange('no such code');
    const command = await curlOf();
    expect(command).toContain(`--data-urlencode 'redirect_uri=${callback}'`);
    expect(command).toContain('--data-urlencode "client_secret=$CLIENT_SECRET"');
    const output = await inShell(command, { CODE: code, CLIENT_SECRET: first.client_secret });
    expect(output).toContain('"token_type":"bearer"');
    expect(await inShell(await curlOf('?secrets=shown'), {})).toContain('KOE320');
  });

  it('survives quotes, dollars and backticks', async () => {
    const nasty = `it's "$HOME" \`id\` \\ 100%`;
    await kakao.token({ grant_type: nasty, code: 'x' });
    await inShell(await curlOf(), { CODE: 'x' });
    const [sent, again] = await log('?path=/oauth/token');
    expect(again?.['form']).toEqual(sent?.['form']);
    await send(kakao.authorizeUrl({ scope: nasty, state: 'x' }), { headers: { 'accept-language': 'en' } });
    await inShell(await curlOf(), { STATE: 'x' });
    const [page, pageAgain] = await log('?path=/oauth/authorize');
    expect(pageAgain?.['query']).toEqual(page?.['query']);
  });

  it('sends a body that is no form as it was', async () => {
    await kakao.token({}, { headers: { 'content-type': 'application/json' }, body: '{"a":"it\'s"}' });
    await inShell(await curlOf(), {});
    expect((await log()).map(({ body }) => body)).toEqual(['{"a":"it\'s"}', '{"a":"it\'s"}']);
  });
});

describe('the HTTP Archive', () => {
  it('has what HAR 1.2 requires of each entry, and the verdict as its comment', async () => {
    await someRequests();
    const { json, headers } = await kakao.control('GET', 'requests.har');
    expect(headers.get('content-disposition')).toContain('kakao-emulator.har');
    const har = json['log'] as Record<string, unknown>;
    expect(har).toMatchObject({ version: '1.2', creator: { name: 'kakao-emulator' } });
    const entries = har['entries'] as Record<string, Record<string, unknown>>[];
    expect(entries).toHaveLength(4);
    for (const { request, response, timings, ...entry } of entries) {
      expect(Object.keys(entry)).toEqual(expect.arrayContaining(['startedDateTime', 'time', 'cache']));
      expect(Object.keys(timings ?? {})).toEqual(expect.arrayContaining(['send', 'wait', 'receive']));
      const both = ['httpVersion', 'cookies', 'headers', 'headersSize', 'bodySize'];
      expect(Object.keys(request ?? {})).toEqual(
        expect.arrayContaining([...both, 'method', 'url', 'queryString']),
      );
      expect(Object.keys(response ?? {})).toEqual(
        expect.arrayContaining([...both, 'status', 'statusText', 'content', 'redirectURL']),
      );
      expect(URL.canParse(String(request?.['url']))).toBe(true);
    }
    expect(entries[2]?.['request']?.['postData']).toMatchObject({
      params: expect.arrayContaining([{ name: 'client_id', value: first.client_id }]),
    });
    expect(entries[3]?.['comment']).toContain('code');
  });

  it('can be narrowed', async () => {
    await someRequests();
    const { json } = await kakao.control('GET', 'requests.har?status=401');
    expect((json['log'] as Record<string, unknown[]>)['entries']).toHaveLength(1);
  });
});
