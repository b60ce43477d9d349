import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe } from 'vitest';
import { type Answer, send } from '../stack/http';
import { startStack } from '../stack/servers';
import { Visitor } from '../stack/visitor';
import { test as base, expect } from './support/test';

const token = randomBytes(24).toString('base64url');
let own: Awaited<ReturnType<typeof startStack>>;
beforeAll(async () => {
  own = await startStack({ METRICS_TOKEN: token });
}, 120_000);
afterAll(() => own.stop());

const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the names of fixtures from this pattern
  stack: async ({}, use) => use(own.stack),
});

function metrics(authorization?: string, method = 'GET', query = ''): Promise<Answer> {
  const headers = authorization === undefined ? {} : { authorization };
  return send(`${own.stack.appUrl}/api/metrics${query}`, { method, headers });
}

/** The samples of our own metrics by name and labels, but for the buckets of histograms. */
async function samples(): Promise<ReadonlyMap<string, number>> {
  const { text } = await metrics(`Bearer ${token}`);
  const lines = text.split('\n').filter((line) => /^kakao_login_(?!.*_bucket)/.test(line));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]));
}

/** By how much each sample has grown meanwhile, where it has. */
async function growth(during: () => Promise<unknown>): Promise<Readonly<Record<string, number>>> {
  const before = await samples();
  await during();
  const after = [...(await samples())].filter(([name]) => !name.includes('_sum'));
  const grown = after.map(([name, value]) => [
    name.slice('kakao_login_'.length),
    value - (before.get(name) ?? 0),
  ]);
  return Object.fromEntries(grown.filter(([, by]) => by !== 0));
}

describe('metrics are refused', () => {
  for (const [what, authorization] of [
    ['without a token', undefined],
    ['with another one', `Bearer ${'x'.repeat(token.length)}`],
    ['by another scheme', `Basic ${token}`],
  ] as const) {
    test(what, async () => {
      const answer = await metrics(authorization, 'GET', `?token=${token}`);
      expect([answer.status, answer.json()['message']]).toEqual([401, 'UNAUTHENTICATED']);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
      expect(answer.text).not.toContain('kakao_login_');
    });
  }

  test('by methods that ask for something else', async () => {
    expect((await metrics(`Bearer ${token}`, 'POST')).status).toBe(405);
  });
});

base('in production there are none without METRICS_TOKEN', async ({ stack }) => {
  const headers = { authorization: 'Bearer undefined' };
  const answer = await send(`${stack.appUrl}/api/metrics`, { headers });
  expect([answer.status, answer.json()['message']]).toEqual([404, 'NOT_FOUND']);
});

describe('metrics tell', () => {
  test('of everything, in the text format of Prometheus', async () => {
    const { status, headers, text } = await metrics(`Bearer ${token}`);
    expect([status, headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(headers['cache-control']).toBe('private, no-store');
    const sample = /^[a-z_]\w*(\{(\w+="[^"\\\n]*",?)+\})? (-?[\d.e+-]+|NaN|[+-]Inf)$/;
    const wrong = text
      .split('\n')
      .filter((line) => line && !/^# (HELP|TYPE) /.test(line) && !sample.test(line));
    expect(wrong).toEqual([]);
    for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes'])
      expect(text).toMatch(new RegExp(`^${name} `, 'm'));
  });

  test('how logins end, how long Kakao and we took, and whose sessions were looked for', async ({
    person,
    visitor,
    kakao,
  }) => {
    const { access_token: accessToken } = await kakao.tokens(person.id);
    const byToken = (value: string) =>
      send(`${own.stack.appUrl}/api/auth/kakao`, {
        method: 'POST',
        headers: { authorization: `Bearer ${value}` },
      });
    const grown = await growth(async () => {
      await visitor.logIn(person.id);
      expect((await byToken(accessToken)).status).toBe(200);
      expect((await byToken('unknown-token')).status).toBe(404);
      await new Visitor(own.stack).send('/login/callback?state=unknown&code=x');
    });
    expect(grown).toMatchObject({
      'logins_total{via="web",outcome="signed_in",cause="none"}': 1,
      'logins_total{via="web",outcome="failed",cause="expired"}': 1,
      'logins_total{via="api",outcome="signed_in",cause="none"}': 1,
      'logins_total{via="api",outcome="failed",cause="token_unknown"}': 1,
      'login_duration_seconds_count{via="web",leg="kakao"}': 1,
      'login_duration_seconds_count{via="web",leg="own"}': 1,
      'login_duration_seconds_count{via="api",leg="kakao"}': 1,
      'login_duration_seconds_count{via="api",leg="own"}': 1,
      'kakao_request_duration_seconds_count{endpoint="/oauth/token",status="2xx"}': 1,
      'kakao_request_duration_seconds_count{endpoint="/v2/user/me",status="2xx"}': 2,
      'kakao_request_duration_seconds_count{endpoint="/v1/user/access_token_info",status="2xx"}': 1,
      'kakao_request_duration_seconds_count{endpoint="/v1/user/access_token_info",status="4xx"}': 1,
    });
    const checks = await growth(async () => {
      await visitor.whoAmI();
      await new Visitor(own.stack).send('/api/me');
      await send(`${own.stack.appUrl}/api/me`, { headers: { authorization: 'Bearer nonsense' } });
    });
    expect(checks).toEqual({
      'session_checks_total{outcome="valid"}': 1,
      'session_checks_total{outcome="none"}': 1,
      'session_checks_total{outcome="refused"}': 1,
    });
  });

  test('that Kakao is down', async ({ kakao, person }) => {
    const { access_token: accessToken } = await kakao.tokens(person.id);
    await kakao.fault('/v1/user/access_token_info', { status: 500, body: 'down', always: true });
    const headers = { authorization: `Bearer ${accessToken}` };
    const grown = await growth(() => send(`${own.stack.appUrl}/api/auth/kakao`, { method: 'POST', headers }));
    expect(grown).toEqual({
      'logins_total{via="api",outcome="failed",cause="unavailable"}': 1,
      'kakao_request_duration_seconds_count{endpoint="/v1/user/access_token_info",status="5xx"}': 2,
    });
  });

  test('what was one too many, what Kakao has sent, and who waits to be unlinked', async ({
    kakao,
    person,
    visitor,
  }) => {
    await visitor.logIn(person.id);
    const authorization = { authorization: `Bearer ${visitor.session}` };
    await kakao.sendWebhooksTo(own.stack.appUrl);
    await kakao.fault('/v1/user/unlink', { status: 500, body: 'down', always: true });
    const grown = await growth(async () => {
      for (let count = 0; count < 6; count += 1)
        await visitor.send('/api/me/export', { headers: authorization });
      await kakao.fire({ userId: person.id, event: 'user-linked' });
      await send(`${own.stack.appUrl}/api/webhooks/kakao/account-state`, {
        method: 'POST',
        body: 'nonsense',
      });
      await send(`${own.stack.appUrl}/api/me`, { method: 'DELETE', headers: authorization });
    });
    expect(grown).toMatchObject({
      'limited_total{limit="export"}': 1,
      'webhooks_total{channel="account_state",outcome="no_effect"}': 1,
      'webhooks_total{channel="account_state",outcome="refused"}': 1,
      pending_unlinks: 1,
    });
    await kakao.clearFaults();
  });

  test('nothing about a person', async ({ person, visitor, kakao }) => {
    await visitor.logIn(person.id);
    const { access_token: accessToken } = await kakao.tokens(person.id);
    const address = '203.0.113.77';
    const headers = { authorization: `Bearer ${accessToken}`, 'x-forwarded-for': address };
    await send(`${own.stack.appUrl}/api/auth/kakao`, { method: 'POST', headers });
    const { text } = await metrics(`Bearer ${token}`);
    for (const secret of [
      person.id,
      person.nickname,
      person.email,
      accessToken,
      visitor.session,
      token,
      address,
    ])
      expect(text).not.toContain(secret);
    const labels = [...text.matchAll(/^kakao_login_\w+\{(.*)\}/gm)].flatMap(([, all = '']) => all.split(','));
    const values = labels.flatMap((label) => (label.startsWith('le=') ? [] : [label.split('=')[1]]));
    expect(values.filter((value) => !/^"(\/[\w./-]+|[a-z_]+|[1-5]xx)"$/.test(value ?? ''))).toEqual([]);
  });
});
