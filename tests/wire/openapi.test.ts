import { randomBytes } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe } from 'vitest';
import { type Answer, type Sending, send } from '../stack/http';
import { startStack } from '../stack/servers';
import { test as base, expect } from './support/test';

// Every operation that /api/openapi.json describes is asked here, and what it answers has to be as described: the status,
// the media type, every member and the codes of refusals. What is described and not asked fails at the end.

type Json = Record<string, unknown>;
interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Responses }>>>>;
}
type Responses = Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;

const secret = randomBytes(24).toString('base64url');
let own: Awaited<ReturnType<typeof startStack>>;
let described: Described;
let ajv: Ajv2020;
const asked = new Map<string, number[]>();

beforeAll(async () => {
  own = await startStack({ CRON_SECRET: secret, METRICS_TOKEN: secret });
  described = JSON.parse((await send(`${own.stack.appUrl}/api/openapi.json`)).text) as Described;
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
  ajv = new Ajv2020({ strict: false, formats: { 'date-time': time, uri: URL.canParse } });
  ajv.addSchema({ $id: 'https://described.example/', ...(withoutMore(described) as Json) });
}, 120_000);
afterAll(() => own.stop());

const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the names of fixtures from this pattern
  stack: async ({}, use) => use(own.stack),
});

/** The same description, where an object has no members that are not described. */
function withoutMore(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutMore);
  if (typeof node !== 'object' || node === null) return node;
  const inside = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, withoutMore(value)]));
  const isObject = inside['type'] === 'object' && !('additionalProperties' in inside);
  return isObject ? { ...inside, additionalProperties: false } : inside;
}

/** Holds an answer against what is described of its operation, such as `GET /api/me`. */
function check(operation: string, answer: Answer): Answer {
  const [method = '', path = ''] = operation.split(' ');
  const response = described.paths[path]?.[method.toLowerCase()]?.responses[answer.status];
  expect(response, `${operation}: ${answer.status} ${answer.text.slice(0, 200)}`).toBeDefined();
  asked.set(operation, [...(asked.get(operation) ?? []), answer.status]);
  const type = answer.headers['content-type'];
  if (response?.content === undefined) expect([operation, answer.text]).toEqual([operation, '']);
  else {
    expect(Object.keys(response.content), operation).toContain(type);
    const pointer = [
      'paths',
      path,
      method.toLowerCase(),
      'responses',
      answer.status,
      'content',
      type,
      'schema',
    ];
    const escaped = pointer.map((part) =>
      encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1')),
    );
    const validate = ajv.compile({ $ref: `https://described.example/#/${escaped.join('/')}` });
    validate(type?.includes('json') ? JSON.parse(answer.text) : answer.text);
    expect(validate.errors, `${operation}: ${answer.text.slice(0, 500)}`).toBeNull();
  }
  return answer;
}

/** Asks for an operation at its own path, or at `at`, and expects these statuses, one for each request. */
async function ask(
  operation: string,
  ...requests: readonly (readonly [status: number, sending: Sending, at?: string])[]
): Promise<Answer> {
  const [method = '', path = ''] = operation.split(' ');
  let last: Answer | undefined;
  for (const [status, sending, at = path] of requests) {
    last = check(operation, await send(`${own.stack.appUrl}${at}`, { method, ...sending }));
    expect(last.status, `${operation}: ${last.text.slice(0, 500)}`).toBe(status);
  }
  if (!last) throw new Error('nothing was asked');
  return last;
}

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const large = { body: 'a'.repeat(70_000) };

describe('as described is', () => {
  test('a login by token', async ({ kakao, person }) => {
    const { access_token: accessToken } = await kakao.tokens(person.id);
    const operation = 'POST /api/auth/kakao';
    await ask(operation, [200, bearer(accessToken)], [200, bearer(accessToken), '/api/auth/kakao?rejoin=1']);
    await ask(operation, [400, {}], [400, bearer('undefined')], [404, bearer('unknown')], [413, large]);
    await kakao.fault('/v2/user/me', { status: 500, body: 'down', always: true });
    await ask(operation, [503, bearer(accessToken)]);
  });

  test('who is signed in, everywhere and in a session', async ({ visitor, person, kakao }) => {
    await visitor.logIn(person.id);
    const mine = bearer(visitor.session);
    await ask('GET /api/me', [200, mine], [401, {}], [401, bearer('nonsense')]);
    const { access_token: accessToken } = await kakao.tokens(person.id);
    await ask('POST /api/auth/kakao', [200, bearer(accessToken)], [200, bearer(accessToken)]);
    const sessions = await ask('GET /api/sessions', [401, {}], [200, mine]);
    const [, other] = JSON.parse(sessions.text) as { id: string }[];
    const one = 'DELETE /api/sessions/{id}';
    await ask(one, [204, mine, `/api/sessions/${other?.id}`], [404, mine, `/api/sessions/${other?.id}`]);
    const cookie = `session-${own.stack.port}=${visitor.session}`;
    await ask(
      one,
      [401, bearer('nonsense'), '/api/sessions/x'],
      [403, { headers: { cookie } }, '/api/sessions/x'],
    );
    const all = 'DELETE /api/sessions';
    await ask(all, [400, mine], [204, mine, '/api/sessions?others=1'], [403, { headers: { cookie } }]);
    await ask(all, [401, bearer('nonsense'), '/api/sessions?others=1']);
  });

  test('what is held about a person, and their picture', async ({ visitor, person }) => {
    await visitor.logIn(person.id);
    const mine = bearer(visitor.session);
    const cookie = `session-${own.stack.port}=${visitor.session}`;
    const operation = 'GET /api/me/export';
    await ask(
      operation,
      [200, mine],
      [200, mine, '/api/me/export?format=csv'],
      [401, {}],
      [403, { headers: { cookie } }],
    );
    await ask(operation, [303, { headers: { 'sec-fetch-mode': 'navigate' } }]);
    await ask(operation, [200, mine], [200, mine], [200, mine], [429, mine]);
    await ask('GET /account/picture', [200, { headers: { cookie } }], [401, {}]);
  });

  test('a withdrawal', async ({ visitor, person, database }) => {
    await visitor.logIn(person.id);
    const cookie = `session-${own.stack.port}=${visitor.session}`;
    const operation = 'DELETE /api/me';
    await ask(operation, [401, bearer('nonsense')], [403, { headers: { cookie } }]);
    database.ageSessions(person.id, 3_600_000);
    await ask(
      operation,
      [403, { headers: { cookie, 'sec-fetch-site': 'same-origin' } }],
      [204, bearer(visitor.session)],
    );
  });

  test('next-auth', async ({ visitor, person }) => {
    await ask('GET /api/auth/session', [200, {}]);
    await ask('GET /api/auth/providers', [200, {}]);
    await ask('GET /api/auth/signin', [303, {}]);
    await ask('GET /api/auth/error', [303, {}]);
    const csrf = await ask('GET /api/auth/csrf', [200, {}]);
    const [csrfCookie = ''] = csrf.setCookies.map((line) => line.split(';', 1)[0]);
    for (const [json, status] of [
      ['true', 200],
      ['false', 303],
    ] as const) {
      await visitor.logIn(person.id);
      const cookie = `session-${own.stack.port}=${visitor.session}; ${csrfCookie}`;
      await ask('GET /api/auth/session', [200, { headers: { cookie } }]);
      const headers = { ...form, cookie, 'sec-fetch-site': 'same-origin' };
      const body = new URLSearchParams({ csrfToken: String(csrf.json()['csrfToken']), json }).toString();
      const operation = 'POST /api/auth/signout';
      await ask(
        operation,
        [400, { headers, body: '' }],
        [403, { headers: form, body }],
        [status, { headers, body }],
      );
    }
  });

  test('the background work', async () => {
    for (const method of ['GET', 'POST']) await ask(`${method} /api/cron`, [401, {}], [200, bearer(secret)]);
  });

  test('the metrics', () => ask('GET /api/metrics', [401, {}], [200, bearer(secret)]));

  test('what Kakao sends', async ({ kakao, person }) => {
    const { kakaoEnv, appUrl } = own.stack;
    const authorization = `KakaoAK ${kakaoEnv['KAKAO_ADMIN_KEY']}`;
    const fields = {
      app_id: kakaoEnv['KAKAO_APP_ID'] ?? '',
      user_id: person.id,
      referrer_type: 'UNLINK_FROM_APPS',
    };
    const notice = new URLSearchParams(fields).toString();
    const other = new URLSearchParams({ ...fields, app_id: '7' }).toString();
    const headers = { ...form, authorization };
    const post = (body: string): Sending => ({ headers, body });
    await ask('POST /api/webhooks/kakao/unlink', [200, post(notice)], [400, post('')], [403, post(other)]);
    await ask(
      'POST /api/webhooks/kakao/unlink',
      [401, { body: notice }],
      [415, { headers: { authorization }, body: 'x' }],
    );
    const path = '/api/webhooks/kakao/unlink';
    await ask(`GET ${path}`, [200, { headers }, `${path}?${notice}`], [400, { headers }], [401, {}]);
    await ask('POST /api/webhooks/kakao/account-state', [400, { body: 'nonsense' }]);
    await kakao.sendWebhooksTo(appUrl);
    const [attempt] = await kakao.fire({ userId: person.id, event: 'user-linked' });
    const { responses } = described.paths['/api/webhooks/kakao/account-state']?.['post'] ?? {};
    expect([attempt?.status, responses?.['202']?.content]).toEqual([202, undefined]);
    asked.set('POST /api/webhooks/kakao/account-state', [202]);
  });

  test('health, and the description itself', async () => {
    await ask('GET /api/health/live', [200, {}]);
    await ask('GET /api/health/ready', [200, {}]);
    expect((await ask('GET /api/openapi.json', [200, {}])).json()['openapi']).toBe('3.1.0');
  });
});

test('nothing is described that was not asked, and answered when all is well', () => {
  const all = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const answered = [...asked].filter(([, statuses]) => statuses.some((status) => status < 400));
  expect(answered.map(([operation]) => operation).sort()).toEqual(all.sort());
});
