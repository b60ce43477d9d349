import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ControlClient, ControlError, controlClient } from '../src/client.ts';
import { people, send, useKakao } from './kakao.ts';

const kakao = useKakao();
let client: ControlClient;
beforeEach(() => {
  client = controlClient(kakao.url('/'));
});

describe('a refusal', () => {
  it('is an error with status, reason and field', async () => {
    const refused = await client.users.add({ id: 'x' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ControlError);
    expect(refused).toMatchObject({
      status: 400,
      field: 'id',
      message: expect.stringContaining('POST /users: id must'),
    });
  });

  it('of something that is not there is 404 without a field', async () => {
    await expect(client.users.remove('1')).rejects.toMatchObject({ status: 404, field: undefined });
    await expect(client.call('GET', '/nothing')).rejects.toMatchObject({ status: 404 });
  });

  it('by something else than an emulator is an error too', async () => {
    const other = controlClient(kakao.url('/v2'));
    await expect(other.users.list()).rejects.toMatchObject({ status: 404 });
  });

  it('to wait longer says so', async () => {
    const waiting = client.requests.wait({ path: '/oauth/token', timeoutMs: 1 });
    await expect(waiting).rejects.toMatchObject({ status: 404 });
  });
});

describe('the client', () => {
  it('lets the next login through and sees it', async () => {
    await client.autoApprove.add({ userId: people.plain });
    await send(kakao.authorizeUrl());
    const { status, path } = await client.requests.wait({ path: '/oauth/authorize' });
    expect([status, path]).toEqual([302, '/oauth/authorize']);
    expect(await client.autoApprove.list()).toEqual([]);
  });

  it('works in a namespace', async () => {
    const { url, name } = await client.namespaces.open();
    const inside = controlClient(url);
    await inside.users.change(people.plain, { nickname: '안에서만' });
    expect((await client.users.list())[0]?.nickname).toBe('서윤');
    await client.namespaces.close(name);
  });

  it('takes the state and brings it back', async () => {
    const kept = await client.snapshot.take();
    await client.apps.change(1234567, { oidc: false });
    await client.snapshot.restore(kept);
    expect((await client.apps.show('1234567')).oidc).toBe(true);
  });
});

describe('every operation of the document', () => {
  const sent: string[] = [];
  afterEach(() => sent.splice(0));

  // These have a page or a format of their own, or are one step of something rarer: `call` reaches them.
  const byCallOnly =
    /^(GET \/(requests\/live|requests\.har|fidelity|keys|openapi\.json)|\w+ \/apps\/\{app\}\/(admin-)?keys.*)$/;

  it('has a function that calls it', async () => {
    const real = globalThis.fetch;
    vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
      sent.push(`${init?.method} ${new URL(String(input)).pathname.replace('/__emulator/v1', '')}`);
      return real(input, init);
    });
    await everything(client);
    vi.restoreAllMocks();
    const { paths } = await client.call<{ paths: Record<string, object> }>('GET', '/openapi.json');
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const missing = documented.filter(
      (one) => !byCallOnly.test(one) && !sent.some((call) => fits(call, one)),
    );
    expect(missing).toEqual([]);
  });

  function fits(call: string, documented: string): boolean {
    return new RegExp(`^${documented.replace(/\{\w+\}/g, '[^/]+')}$`).test(call);
  }

  async function everything(it: ControlClient): Promise<void> {
    const { id } = await it.users.add({ nickname: '새로' });
    await it.users.change(id, { email: null });
    await it.tokens.mint({ userId: id });
    await it.users.unlink(id);
    await it.users.remove(id);
    const { appId } = await it.apps.add();
    await Promise.all([it.apps.list(), it.apps.show(appId), it.apps.users(appId), it.users.list()]);
    await it.apps.change(appId, { type: 'test' });
    await it.apps.remove(appId);
    await it.autoApprove.add({ userId: people.plain });
    await Promise.all([
      it.autoApprove.list(),
      it.faults.list(),
      it.scenarios.list(),
      it.requests.list({ status: '4xx' }),
    ]);
    await it.autoApprove.clear();
    const fault = await it.faults.add('/v2/user/me', { kakao: -10, times: 2 });
    await it.faults.remove(fault.id);
    const [scenario] = await it.scenarios.list();
    await it.scenarios.turnOn(scenario?.name ?? '');
    await it.faults.clear();
    await it.requests.wait({ timeoutMs: 1 }).catch(() => undefined);
    await it.requests.clear();
    await it.webhooks.fire({ userId: people.plain, kind: 'unlink', url: 'http://127.0.0.1:1/' });
    const { attempts } = await it.webhooks.list({ kind: 'unlink' });
    await it.webhooks.replay({ deliveries: attempts.map(({ delivery }) => delivery) });
    await it.webhooks.retry();
    await it.webhooks.idle();
    await it.webhooks.clear();
    await it.settings.change({ pictures: 'local' });
    await it.settings.show();
    await it.clock.change({ frozen: true });
    await it.clock.advance(60);
    await it.clock.show();
    await it.clock.reset();
    await it.keys.rotate({ overlap: false });
    const { name } = await it.namespaces.open();
    await it.namespaces.list();
    await it.namespaces.close(name);
    await it.snapshot.restore(await it.snapshot.take());
    await it.reset();
  }
});
