import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { controlClient } from '../src/client.ts';
import { form, people, redirectedTo, send, useKakao } from './kakao.ts';

const kakao = useKakao();

const open = (order: object = {}) => kakao.control('POST', 'namespaces', order);
const at = (base: unknown, path: string, init?: RequestInit) => send(`${base}${path}`, init);
const listed = async () => (await kakao.client.namespaces.list()).map(({ name }) => name);

afterEach(async () => {
  await Promise.all((await listed()).map((name) => kakao.client.namespaces.close(name)));
});

describe('a wrong order for a namespace', () => {
  it.each([
    ['name', { name: '' }],
    ['name', { name: 'a/b' }],
    ['name', { name: 'x'.repeat(65) }],
    ['port', { port: 70_000 }],
    ['redirectUris', { redirectUris: ['ftp://localhost/'] }],
    ['color', { color: 'red' }],
  ])('names the field %s', async (field, order) => {
    const refused = await open(order);
    expect([refused.status, refused.json['field']]).toEqual([400, field]);
    expect(await listed()).toEqual([]);
  });

  it('refuses a name that is taken', async () => {
    await open({ name: 'one' });
    const refused = await open({ name: 'one' });
    expect([refused.status, refused.json['field']]).toEqual([409, 'name']);
  });

  it('refuses a port that is taken and keeps no half-open namespace', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const refused = await open({ name: 'late', port: (other.address() as AddressInfo).port });
    other.close();
    expect([refused.status, refused.json['field']]).toEqual([409, 'port']);
    expect(await listed()).toEqual([]);
  });

  it('has an end, so that forgotten namespaces do not fill the memory', async () => {
    const opened = await Promise.all(Array.from({ length: 256 }, () => open()));
    expect(new Set(opened.map(({ status }) => status))).toEqual(new Set([201]));
    expect((await open()).json['detail']).toBe('there are 256 namespaces; delete some');
  });
});

describe('a namespace', () => {
  it('that nobody opened is 404, by path and by header', async () => {
    expect((await at(kakao.url('/ns/nobody'), '/v2/user/me')).status).toBe(404);
    const headers = { 'x-kakao-emulator-namespace': 'nobody' };
    expect((await at(kakao.url(''), '/v2/user/me', { headers })).status).toBe(404);
  });

  it('hands out addresses of its own', async () => {
    const { url } = (await open({ name: 'mine' })).json;
    expect(url).toBe(kakao.url('/ns/mine'));
    const { json } = await at(url, '/.well-known/openid-configuration');
    expect([json['issuer'], json['token_endpoint']]).toEqual([url, `${url}/oauth/token`]);
  });

  it('knows neither the tokens nor the faults, settings and requests of the main Kakao', async () => {
    const { access_token } = await kakao.tokens(people.plain);
    await kakao.fault('/v1/user/access_token_info', { status: 500, always: true });
    const { url } = (await open()).json;
    const answer = await at(url, '/v1/user/access_token_info', kakao.bearer(access_token));
    expect([answer.status, answer.json['code']]).toEqual([401, -401]);
    const requests = await at(url, '/__emulator/v1/requests');
    expect(requests.json['requests']).toMatchObject([{ path: '/v1/user/access_token_info', status: 401 }]);
    expect(await kakao.client.requests.list()).toEqual([]);
  });

  it('has a clock of its own', async () => {
    const { url } = await kakao.client.namespaces.open();
    const there = controlClient(url);
    const { access_token } = await there.tokens.mint({ userId: people.plain });
    const inMain = (await kakao.tokens(people.plain))['access_token'];
    await there.clock.advance(21_600);
    expect((await at(url, '/v2/user/me', kakao.bearer(access_token))).status).toBe(401);
    expect((await kakao.me(inMain)).status).toBe(200);
  });

  it('is reached through the header as well', async () => {
    await open({ name: 'headed' });
    const headers = { 'x-kakao-emulator-namespace': 'headed' };
    const order = { method: 'PATCH', headers, body: '{"nickname":"여기만"}' };
    await send(kakao.url(`/__emulator/v1/users/${people.plain}`), order);
    const users = await controlClient(kakao.url('/ns/headed')).users.list();
    expect(users[0]?.nickname).toBe('여기만');
  });

  it('lets a browser log in on pages that stay in it', async () => {
    const { url } = (await open({ redirectUris: ['http://localhost:9/back'] })).json;
    const address = kakao.authorizeUrl({ redirect_uri: 'http://localhost:9/back' });
    const here = address.replace(kakao.url(''), String(url));
    const picker = await send(here);
    const path = new URL(String(url)).pathname;
    expect(/action="([^"]*)"/.exec(picker.text)?.[1]).toMatch(new RegExp(`^${path}/oauth/authorize\\?`));
    const agreed = await send(here, form({ user: people.plain, decision: 'agree_all' }));
    expect(redirectedTo(agreed).href).toMatch(/^http:\/\/localhost:9\/back\?code=emu_/);
    expect(agreed.headers.get('set-cookie')).toContain(`Path=${path};`);
  });

  it('has an origin of its own when it asks for a port', async () => {
    const { url } = (await open({ port: 0 })).json;
    expect(url).toMatch(/^http:\/\/localhost:\d+$/);
    expect((await at(url, '/.well-known/openid-configuration')).json['issuer']).toBe(url);
    const here = kakao.authorizeUrl().replace(kakao.url(''), String(url));
    const picked = await send(here, form({ user: people.plain }));
    expect(picked.headers.get('set-cookie')).toContain('Path=/;');
  });

  it('is gone after its end, its port too', async () => {
    const { url } = (await open({ name: 'short', port: 0 })).json;
    expect((await kakao.control('DELETE', 'namespaces/short')).status).toBe(204);
    await expect(at(url, '/')).rejects.toThrow();
    expect((await at(kakao.url('/ns/short'), '/')).status).toBe(404);
    expect((await kakao.control('DELETE', 'namespaces/short')).status).toBe(404);
  });

  it('is opened by the library too', async () => {
    const { url, name } = await kakao.emulator().namespace();
    expect((await at(url, '/__emulator/v1/clock')).status).toBe(200);
    expect(await listed()).toEqual([name]);
  });
});
