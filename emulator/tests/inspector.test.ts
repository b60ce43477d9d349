import { describe, expect, it } from 'vitest';
import { prettyJson } from '../src/inspector/request-list.ts';
import { callback, first, form, people, send, useKakao } from './kakao.ts';

const kakao = useKakao();

const page = (query = '', language = 'en') =>
  send(kakao.url(`/__emulator/inspector${query}`), { headers: { 'accept-language': language } });
/** Presses the button of a form, as a browser without scripts does. */
const press = (fields: Record<string, string>, origin = new URL(kakao.url('/')).origin) =>
  send(kakao.url('/__emulator/inspector'), { ...form(fields), headers: { origin, 'accept-language': 'en' } });
const list = async (path: string, name = path) =>
  (await kakao.control('GET', path)).json[name] as Record<string, unknown>[];

describe('the inspector shows', () => {
  it('control and direction characters as escapes, in nicknames and in what was sent', async () => {
    await send(kakao.authorizeUrl(), form({ user: 'a\0b' }));
    const { text } = await page();
    expect(text).toContain('no such user: a\\u0000b');
    expect(text).toContain('\\u202e · 3900000018</option>');
    expect(text).not.toMatch(/(?![\t\n\r])[\p{Cc}\u202e]/u);
  });
});

describe('the inspector refuses', () => {
  it('pages of other origins', async () => {
    for (const origin of ['https://evil.example', 'null']) {
      expect((await press({ do: 'reset' }, origin)).status).toBe(403);
    }
    const evil = { headers: { origin: 'https://evil.example' } };
    expect((await send(kakao.url('/__emulator/inspector'), evil)).status).toBe(403);
    expect((await send(kakao.url('/__emulator/inspector/live'), evil)).status).toBe(403);
  });

  it('what it has no form for', async () => {
    const { status, text } = await press({ do: 'explode' });
    expect(status).toBe(400);
    expect(text).toContain('unknown: explode');
    const inherited = await press({ do: 'constructor' });
    expect([inherited.status, inherited.text]).toEqual([
      400,
      expect.stringContaining('unknown: constructor'),
    ]);
  });

  it('what the control API refuses, saying why', async () => {
    const { status, text } = await press({ do: 'fault', endpoint: '/v2/user/me', effect: '{"status":99}' });
    expect(status).toBe(400);
    expect(text).toContain('status must be a whole number from 200 to 599');
    const broken = await press({ do: 'fault', endpoint: '/v2/user/me', effect: '{status:500}' });
    expect(broken.text).toContain('the body must be a JSON object');
    expect((await press({ do: 'scenario', scenario: 'none' })).status).toBe(404);
    expect((await press({ do: 'user-state', id: '../reset', state: 'active' })).status).toBe(404);
  });

  it('files that it does not have', async () => {
    for (const name of ['nothing.js', '..%2fpage.js', '../page.ts', ''])
      expect((await send(kakao.url(`/__emulator/inspector/${name}`))).status, name).not.toBe(200);
    expect((await send(kakao.url('/__emulator/inspector/main.js'), { method: 'POST' })).status).toBe(405);
  });
});

describe('the inspector without scripts', () => {
  it('is linked from every page, and at /__emulator/', async () => {
    const pages = ['/', '/account', `/oauth/authorize?client_id=${first.client_id}`];
    for (const path of pages) expect((await send(kakao.url(path))).text).toContain('"/__emulator/inspector"');
    const home = await send(kakao.url('/__emulator/'));
    expect([home.status, home.headers.get('location')]).toEqual([302, '/__emulator/inspector']);
  });

  it('shows the newest requests first, with verdict, answer and curl command', async () => {
    await kakao.me('undefined');
    await send(kakao.authorizeUrl({ redirect_uri: `${callback}/` }));
    const { text } = await page();
    expect(text.indexOf('id="r2"')).toBeLessThan(text.indexOf('id="r1"'));
    expect(text).toContain('one more &quot;/&quot; at character 37');
    expect(text).toContain('the text &quot;undefined&quot; was sent instead of a token');
    expect(text).toContain('&quot;code&quot;: -401');
    expect(text).toContain('Bearer $ACCESS_TOKEN');
  });

  it('has no secrets in it and escapes what was sent', async () => {
    const code = await kakao.login(people.plain, { state: 'my-state-of-mind' });
    const { json } = await kakao.exchange(code);
    await kakao.exchange(`<script>alert(1)</script>`);
    const { text, headers } = await page();
    for (const secret of [
      code,
      json['access_token'],
      json['id_token'],
      first.client_secret,
      'my-state-of-mind',
    ])
      expect(text).not.toContain(String(secret));
    expect(text).not.toContain('<script>alert');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
  });

  it('can be filtered', async () => {
    const { access_token } = await kakao.tokens(people.plain);
    await kakao.me(access_token);
    await kakao.me('x');
    await kakao.exchange('x');
    const ids = async (query: string) =>
      [...(await page(query)).text.matchAll(/<li id="r(\d+)"/g)].map(([, id]) => id);
    expect(await ids('')).toEqual(['3', '2', '1']);
    expect(await ids('?refused=1')).toEqual(['3', '2']);
    expect(await ids('?q=USER/me')).toEqual(['2', '1']);
    expect(await ids('?q=koe320+never')).toEqual(['3']);
    expect(await ids('?q=nothing')).toEqual([]);
    expect((await page('?q=nothing')).text).toContain('No request fits.');
  });

  it('can be pressed on a filtered page: the filter is not for the control API', async () => {
    await kakao.me('x');
    const pressed = {
      ...form({ do: 'clear-requests' }),
      headers: { origin: new URL(kakao.url('/')).origin },
    };
    const { status } = await send(kakao.url('/__emulator/inspector?q=me&refused=1'), pressed);
    expect([status, await list('requests')]).toEqual([303, []]);
  });

  it('speaks Korean unless English is preferred', async () => {
    expect((await page('', 'ko')).text).toContain('<html lang="ko">');
    expect((await page('', 'ko')).text).toContain('아직 요청이 없습니다');
    expect((await page('', 'en')).text).toContain('No requests yet');
  });

  it('keeps to its namespace', async () => {
    await kakao.client.namespaces.open({ name: 'inspected' });
    const { text: html } = await send(kakao.url('/ns/inspected/__emulator/inspector'));
    expect(html).toContain('"/ns/inspected/__emulator/inspector/main.js"');
    const consent = { ...form({ user: people.plain }), headers: { 'accept-language': 'en' } };
    const query = kakao.authorizeUrl().split('?')[1];
    const logout = new URLSearchParams({
      client_id: first.client_id,
      logout_redirect_uri: 'http://localhost:3000/login',
    });
    const pages = [
      await send(kakao.url('/ns/inspected/')),
      await send(kakao.url(`/ns/inspected/oauth/authorize?${query}`), consent),
      await send(kakao.url(`/ns/inspected/oauth/logout?${logout}`)),
    ];
    for (const { text } of pages) expect(text).toContain('"/ns/inspected/__emulator/inspector"');
    await kakao.control('DELETE', 'namespaces/inspected');
  });
});

describe('the tools of the inspector', () => {
  const done = async (fields: Record<string, string>) => {
    const { status, headers } = await press(fields);
    expect([status, headers.get('location')]).toEqual([303, 'inspector']);
  };

  it('set and clear faults', async () => {
    const fields = {
      do: 'fault',
      endpoint: '/v2/user/me',
      effect: '{"kakao":-10}',
      userId: '',
      times: '',
      nth: '',
    };
    await done({ ...fields, probability: '' });
    await done({ ...fields, userId: people.plain, times: '2', nth: '3', probability: '0.5' });
    await done({
      do: 'scenario',
      scenario: 'id-token-aud',
      endpoint: '',
      userId: '',
      times: '',
      always: '1',
    });
    await done({
      do: 'scenario',
      scenario: '-603',
      endpoint: '/v2/user/scopes',
      userId: people.plain,
      times: '2',
    });
    expect(await list('faults')).toMatchObject([
      { endpoint: '/v2/user/me', kakao: -10, remaining: 1 },
      { match: { userId: people.plain }, remaining: 2, nth: 3, probability: 0.5 },
      { endpoint: '/oauth/token', idToken: { claims: { aud: 'f'.repeat(32) } }, remaining: 'always' },
      { endpoint: '/v2/user/scopes', kakao: -603, match: { userId: people.plain }, remaining: 2 },
    ]);
    expect((await page()).text).toContain('{&quot;kakao&quot;:-10}');
    await done({ do: 'drop-fault', id: String((await list('faults'))[0]?.['id']) });
    expect(await list('faults')).toHaveLength(3);
    await done({ do: 'clear-faults' });
    expect(await list('faults')).toEqual([]);
  });

  it('order and forget automatic approval', async () => {
    await done({ do: 'approve', userId: people.plain, decision: 'cancel', times: '3' });
    expect(await list('auto-approve', 'autoApprovals')).toMatchObject([{ decision: 'cancel', remaining: 3 }]);
    await done({ do: 'clear-approvals' });
    expect(await list('auto-approve', 'autoApprovals')).toEqual([]);
  });

  it('turn the clock', async () => {
    const clock = async () => (await kakao.control('GET', 'clock')).json;
    await done({ do: 'freeze' });
    await done({ do: 'advance', seconds: '3600' });
    expect(await clock()).toMatchObject({ frozen: true, offsetSeconds: 3600 });
    expect((await page()).text).toContain('1 h ahead of the real time');
    await done({ do: 'set-time', now: '2027-01-02T03:04' });
    expect((await clock())['now']).toBe('2027-01-02T03:04:00.000Z');
    await done({ do: 'set-time', now: '2027-01-02T03:04:05' });
    await done({ do: 'thaw' });
    expect(await clock()).toMatchObject({ frozen: false, now: '2027-01-02T03:04:05.000Z' });
    await done({ do: 'real-time' });
    expect(await clock()).toMatchObject({ offsetSeconds: 0 });
  });

  it('rotate keys, with and without overlap', async () => {
    const kids = async () => (await list('keys')).map(({ kid }) => kid);
    const [signing] = await kids();
    await done({ do: 'rotate' });
    expect((await kids())[1]).toBe(signing);
    await done({ do: 'rotate', overlap: 'no' });
    const after = await kids();
    expect(after).toHaveLength(2);
    expect(after).not.toContain(signing);
    expect((await page()).text).toContain(String(after[0]));
    expect((await kakao.control('POST', 'keys/rotate', { overlap: 'no' })).json['field']).toBe('overlap');
  });

  it('add people, change their state and cut their links', async () => {
    await done({ do: 'add-user', nickname: '새벽', email: '' });
    expect((await list('users')).at(-1)).toMatchObject({ nickname: '새벽', email: null });
    await done({ do: 'user-state', id: people.plain, state: 'blocked' });
    expect((await list('users')).find(({ id }) => id === people.plain)).toMatchObject({ state: 'blocked' });
    const { access_token } = await kakao.tokens(people.linked);
    await done({ do: 'unlink', id: people.linked, clientId: first.client_id });
    expect((await kakao.me(access_token)).status).toBe(401);
  });

  it('send webhooks and send them again', async () => {
    await done({
      do: 'webhook-addresses',
      id: '1234567',
      accountStateUrl: 'http://localhost:9/',
      unlinkUrl: '',
    });
    await done({ do: 'fire', userId: people.linked, event: 'credential-compromise' });
    const [attempt] = await list('webhooks', 'attempts');
    expect(attempt).toMatchObject({ event: 'credential-compromise', accepted: false });
    await done({ do: 'replay', id: String(attempt?.['delivery']) });
    await done({ do: 'retry' });
    expect(await list('webhooks', 'attempts')).toHaveLength(3);
    expect((await page()).text).toContain('credential-compromise');
    const { status, text } = await press({ do: 'fire', userId: people.linked, event: 'unlink-notice' });
    expect(status).toBe(400);
    expect(text).toContain('the app has no unlink webhook');
    await done({ do: 'clear-webhooks' });
    expect(await list('webhooks', 'attempts')).toEqual([]);
  });

  it('forget requests, or everything', async () => {
    await kakao.me('x');
    await done({ do: 'clear-requests' });
    expect(await list('requests')).toEqual([]);
    await done({ do: 'user-state', id: people.plain, state: 'blocked' });
    await done({ do: 'reset' });
    expect((await list('users')).find(({ id }) => id === people.plain)).toMatchObject({ state: 'active' });
  });

  it('come alone for the script', async () => {
    await kakao.me('x');
    const { text } = await page('?only=tools');
    expect(text).toContain('id="faults-state"');
    expect(text).not.toContain('id="r1"');
  });
});

describe('the live list of the inspector', () => {
  it('gets rows in its language', async () => {
    await kakao.me('x');
    const response = await fetch(kakao.url('/__emulator/inspector/live?since=1'), {
      headers: { 'accept-language': 'en' },
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await kakao.me('undefined');
    let text = '';
    while (!text.includes('</li>')) text += (await reader?.read())?.value ?? '';
    await reader?.cancel();
    expect(text).toContain('event: request\nid: 2\ndata: <li id="r2"');
    expect(text).toContain('Response body');
    expect(text).not.toContain('id="r1"');
  });

  it('says whether ids have begun anew', async () => {
    const opened = async () => {
      const response = await fetch(kakao.url('/__emulator/inspector/live'));
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      const text = String((await reader?.read())?.value);
      await reader?.cancel();
      return /event: log\ndata: (\w+)\n/.exec(text)?.[1];
    };
    const epoch = await opened();
    expect((await page()).text).toContain(`data-epoch="${epoch}"`);
    expect(await opened()).toBe(epoch);
    kakao.emulator().reset();
    expect(await opened()).not.toBe(epoch);
  });

  it('hears at once that the log was cleared, and what to know the next ids by', async () => {
    const response = await fetch(kakao.url('/__emulator/inspector/live'));
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    await kakao.control('DELETE', 'requests');
    let text = '';
    while (!text.includes('event: cleared')) text += (await reader?.read())?.value ?? '';
    await reader?.cancel();
    const [, epoch] = /event: cleared\nid: 0\ndata: (\w+)\n\n/.exec(text) ?? [];
    expect((await page()).text).toContain(`data-epoch="${epoch}"`);
  });

  it.each(['main.js', 'live-list.js', 'tools.js'])('has the script %s', async (name) => {
    const { status, headers, text } = await send(kakao.url(`/__emulator/inspector/${name}`));
    expect([status, headers.get('content-type')]).toEqual([200, 'text/javascript;charset=UTF-8']);
    expect(text).not.toMatch(/innerHTML = |eval\(/);
  });
});

describe('JSON made readable', () => {
  it.each([
    ['{"a":1,"b":[true,null]}', '{\n  "a": 1,\n  "b": [\n    true,\n    null\n  ]\n}'],
    ['{"a":{},"b":[]}', '{\n  "a": {},\n  "b": []\n}'],
    ['{"id":9007199254740993}', '{\n  "id": 9007199254740993\n}'],
    ['{"a":"{,:[\\"}"}', '{\n  "a": "{,:[\\"}"\n}'],
    ['not JSON, {', 'not JSON, {'],
  ])('%s', (text, pretty) => expect(prettyJson(text)).toBe(pretty));
});
