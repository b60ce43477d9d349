import { beforeEach, describe, expect, it } from 'vitest';
import { type Schema, violations } from './json-schema.ts';
import { adminKey, first, people, useKakao } from './kakao.ts';

const kakao = useKakao();

interface Documented {
  readonly method: string;
  readonly path: string;
  readonly operation: Schema;
}

let document: Schema;

const validValues: Record<string, unknown> = { userId: people.plain, endpoint: '/v2/user/me' };

/** Things that are there, for the parameters of paths. */
const present: Record<string, string> = {
  userId: people.linked,
  app: '1234567',
  key: first.client_id,
  name: 'mine',
  scenario: 'KOE320',
};

/** Calls that succeed, by operation id. */
const examples: Record<string, object> = {
  'post-users': { nickname: '새로' },
  'patch-users-userId': { nickname: null },
  'post-users-userId-unlink': { reason: 'ACCOUNT_DELETE' },
  'post-webhooks-fire': { userId: people.plain, kind: 'unlink', url: 'http://127.0.0.1:1/', wait: true },
  'post-webhooks-retry': {},
  'post-apps': { name: { ko: '셋째', en: 'Third' } },
  'patch-apps-app': { oidc: false, consentItems: { name: 'optional' } },
  'post-apps-app-keys': { type: 'native' },
  'patch-apps-app-keys-key': { platforms: ['http://localhost:1'] },
  'post-apps-app-admin-keys': {},
  'patch-apps-app-admin-keys-key': { allowedApis: ['/v2/user/me'] },
  'post-tokens': { userId: people.plain },
  'post-auto-approve': { userId: people.plain, always: true },
  'post-scenarios-scenario': { endpoint: '/oauth/token', times: 2 },
  'post-faults': { endpoint: '/v2/user/me', kakao: -10, times: 2 },
  'patch-settings': { pictures: 'local' },
  'post-keys-rotate': {},
  'post-namespaces': { name: 'mine', port: 0 },
  'patch-clock': { frozen: true },
  'post-clock-advance': { seconds: 60 },
  'delete-clock': {},
};

beforeEach(async () => {
  document = (await kakao.control('GET', 'openapi.json')).json;
  await kakao.control('DELETE', 'namespaces/mine');
});

function operations(): Documented[] {
  return Object.entries(at(document, 'paths')).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Schema>).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
}

function at(value: Schema, ...names: string[]): Schema {
  return names.reduce((inner, name) => (inner[name] ?? {}) as Schema, value);
}

function bodyOf({ operation }: Documented): Schema {
  return at(operation, 'requestBody', 'content', 'application/json', 'schema');
}

/** Values for the members that must be there. */
function sampleOf({ required = [], properties }: Schema): Record<string, unknown> {
  return Object.fromEntries(
    (required as string[]).map((name) => [
      name,
      validValues[name] ?? sampleValue(at({ properties }, 'properties', name)),
    ]),
  );
}

function sampleValue({ enum: values, minimum, type }: Schema): unknown {
  if (Array.isArray(values)) return values[0];
  if (type === 'array') return [];
  return type === 'boolean' ? false : (minimum ?? 'x');
}

/** The path with things that are there. */
function filled(path: string): string {
  return path
    .slice(1)
    .replace('admin-keys/{key}', `admin-keys/${adminKey}`)
    .replace(/\{(\w+)\}/g, (_, name: string) => present[name] ?? name);
}

describe('what the OpenAPI document says is refused', () => {
  it('is: a member that it does not know, by name', async () => {
    for (const one of operations().filter(({ operation }) => 'requestBody' in operation)) {
      const sample = sampleOf(bodyOf(one));
      const { status, json } = await kakao.control(one.method, filled(one.path), { ...sample, unheardOf: 1 });
      expect([one.path, status, json['field']]).toEqual([one.path, 400, 'unheardOf']);
    }
  });

  it('is: a required member that is missing, by name', async () => {
    for (const one of operations()) {
      const [missing] = (bodyOf(one)['required'] ?? []) as string[];
      if (missing === undefined) continue;
      const { status, json } = await kakao.control(one.method, filled(one.path), {});
      expect([one.path, status, json['field']]).toEqual([one.path, 400, missing]);
    }
  });

  it('is: a member of another type, by name', async () => {
    for (const one of operations()) {
      const { properties = {} } = bodyOf(one);
      for (const name of Object.keys(properties as object)) {
        const body = { ...sampleOf(bodyOf(one)), [name]: [12.5] };
        const { status, json } = await kakao.control(one.method, filled(one.path), body);
        // The place within a list may be named as well.
        const field = String(json['field']).replace(/\[.*/, '');
        expect([one.path, name, status, field]).toEqual([one.path, name, 400, name]);
      }
    }
  });

  it('is: a method that it does not have', async () => {
    for (const [path, methods] of Object.entries(at(document, 'paths'))) {
      const other = ['GET', 'PUT', 'POST', 'PATCH', 'DELETE'].find(
        (it) => !(it.toLowerCase() in Object(methods)),
      );
      const { status, json } = await kakao.control(
        other ?? 'PUT',
        filled(path),
        other === 'GET' ? undefined : {},
      );
      expect([path, status, json['title']]).toEqual([path, 405, 'Method Not Allowed']);
    }
  });
});

describe('the OpenAPI document', () => {
  it('is one of version 3.1 with an id and a summary for every operation', () => {
    expect(document['openapi']).toBe('3.1.0');
    const ids = operations().map(({ operation }) => String(operation['operationId']));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(30);
    for (const { operation } of operations()) expect(operation['summary']).toMatch(/^[A-Z].{3,}/);
  });

  it('says where it is, in a namespace too', async () => {
    await kakao.control('POST', 'namespaces', { name: 'mine' });
    const there = await fetch(kakao.url('/ns/mine/__emulator/v1/openapi.json'));
    expect(((await there.json()) as Schema)['servers']).toEqual([{ url: '/ns/mine/__emulator/v1' }]);
  });

  it('names no schema that is not there', () => {
    const named = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    const there = Object.keys(at(document, 'components', 'schemas'));
    expect(named.filter((name) => !there.includes(String(name)))).toEqual([]);
    expect(there.filter((name) => !named.includes(name))).toEqual([]);
  });

  it('tells what is really answered', async () => {
    await kakao.me('a token, so that there is a request');
    for (const one of inOrder(operations().filter((it) => !isEndless(it)))) {
      const id = String(one.operation['operationId']);
      const example = examples[id];
      if (example || one.method === 'GET') await expectAsDocumented(one, example);
    }
    const ids = operations().map(({ operation }) => operation['operationId']);
    expect(Object.keys(examples).filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('tells that deleting and resetting answer nothing', async () => {
    await kakao.control('POST', 'namespaces', { name: 'mine' });
    const key = '1d0ca1a11ec0ffee5eed0000cafe0011';
    for (const path of [
      'faults',
      'requests',
      'auto-approve',
      `apps/1234567/keys/${key}`,
      'namespaces/mine',
    ]) {
      const { status, text } = await kakao.control('DELETE', path);
      expect([path, status, text]).toEqual([path, 204, '']);
    }
    expect((await kakao.control('POST', 'reset')).status).toBe(204);
  });

  function isEndless({ operation }: Documented): boolean {
    return 'text/event-stream' in at(operation, 'responses', '200', 'content');
  }

  /** What makes something before what shows it. */
  function inOrder(list: Documented[]): Documented[] {
    const rank = ({ method }: Documented) => ['POST', 'PATCH', 'GET', 'DELETE'].indexOf(method);
    return [...list].sort((a, b) => rank(a) - rank(b));
  }

  async function expectAsDocumented(one: Documented, body: object | undefined) {
    const answer = await kakao.control(one.method, filled(one.path), body);
    const responses = at(one.operation, 'responses');
    expect(Object.keys(responses), `${one.method} ${one.path}: ${answer.text}`).toContain(
      String(answer.status),
    );
    const schema = at(responses, String(answer.status), 'content', 'application/json', 'schema');
    expect(violations(answer.json, schema, document), `${one.method} ${one.path}`).toEqual([]);
  }
});
