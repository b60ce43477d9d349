import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { controlClient } from '../src/client.ts';
import { readFlags, readOptionFiles } from '../src/command-line.ts';
import { type EmulatorOptions, readSeedFile, type Seed, startEmulator } from '../src/index.ts';
import { readLocatedJson } from '../src/seed/seed-file.ts';
import { seedSchema } from '../src/seed/seed-shape.ts';
import { generatedPeople } from '../src/world/plausible-people.ts';
import { violations } from './json-schema.ts';
import { callback, form, people, redirectedTo, send, useKakao } from './kakao.ts';

const folder = mkdtempSync(join(tmpdir(), 'kakao-seed-'));
afterAll(() => rmSync(folder, { recursive: true }));

const key = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1';
const seed: Seed = {
  users: [
    { id: '1', nickname: '하나', email: null },
    { id: '9007199254740993', nickname: '둘', declines: ['account_email'] },
  ],
  apps: [
    {
      appId: 77,
      name: { ko: '씨앗', en: 'Seed' },
      oidc: false,
      platformKeys: [{ type: 'rest', key, clientSecret: 'geheim', redirectUris: [callback] }],
      adminKeys: [{ key: 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaad1' }],
      ownUserIds: false,
    },
  ],
  links: [{ userId: '1', appId: 77, scopes: ['profile_nickname'], connectedAt: '2025-01-02T03:04:05.000Z' }],
  settings: { pictures: 'local' },
};

function file(text: string, name = 'seed.json'): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Why a file with this text is refused, without the name of the folder. */
async function refusal(text: string, name?: string): Promise<string> {
  const path = file(text, name);
  const reason = await readSeedFile(path).then(
    () => 'accepted',
    (error: Error) => error.message,
  );
  return reason.replace(`${folder}/`, '');
}

describe('a seed file is refused with line and reason', () => {
  it.each([
    [
      '{\n  "users": [\n    {"id": "1"},\n    {"id": "1"}\n  ]\n}',
      'seed.json:4: users[1].id is there twice: 1',
    ],
    ['{\n"users":\n[\n{"nickname":"x"}]}', 'seed.json:4: users[0].id is missing'],
    [
      '{"users": [{"id": "1",\n "gender": "other"}]}',
      'seed.json:2: users[0].gender must be one of "female", "male", null',
    ],
    ['{"users": [{"id": 1}]}', 'seed.json:1: users[0].id must be a user id: 1 to 19 digits, as a text'],
    ['{\n"people": []}', 'seed.json:2: people is unknown'],
    [
      '{"apps": [\n{"appId": 1, "platformKeys": [\n\n{"type": "rest"}]}]}',
      'seed.json:4: apps[0].platformKeys[0].key is missing',
    ],
    ['{"settings": {\n"pictures": "none"}}', 'seed.json:2: settings.pictures must be one of "cdn", "local"'],
    [
      '{"links":\n[{"userId": "1", "appId": 1234567, "scopes": []}]}',
      'seed.json:2: links[0].userId is no user: 1',
    ],
    [
      `{"links": [{"userId": "${people.plain}", "appId":\n2, "scopes": []}]}`,
      'seed.json:2: links[0].appId is no app: 2',
    ],
    [
      `{"links": [{"userId": "${people.plain}", "appId": 1234567, "scopes": [\n"all"]}]}`,
      'seed.json:2: links[0].scopes has no consent item all',
    ],
    ['{"users": 1}', 'seed.json:1: users must be a list'],
    ['[]', 'seed.json:1: the whole must be an object'],
    ['{\n\n  "users": [}', 'seed.json:3: a value is missing'],
    ['{\n  "users": []\n', 'seed.json:3: "," or "}" is missing'],
    ['{"users" []}', 'seed.json:1: ":" is missing'],
    ['{"users": [],\n "users": []}', 'seed.json:2: users is there twice'],
    ['{"users": [nul]}', 'seed.json:1: nul is no JSON value'],
    ['{}\n{}', 'seed.json:2: something follows the end'],
    ['', 'seed.json:1: a value is missing'],
  ])('%j', async (text, reason) => {
    expect(await refusal(text)).toBe(reason);
  });

  it.each([
    [
      'users:\n  - id: "1"\n    state: gone\n',
      'seed.yaml:3: users[0].state must be one of "active", "dormant", "blocked"',
    ],
    ['users:\n  - id: 1\n', 'seed.yaml:2: users[0].id must be a user id: 1 to 19 digits, as a text'],
    ['users:\n  - id: "1"\n bad', 'seed.yaml:3: '],
  ])('YAML %j', async (text, reason) => {
    expect(await refusal(text, 'seed.yaml')).toContain(reason);
  });

  it('that is not there', async () => {
    await expect(readSeedFile(join(folder, 'none.json'))).rejects.toThrow('ENOENT');
  });

  it('together with flags for the built-in app', async () => {
    const flags = readFlags([
      '--seed-file',
      file(JSON.stringify(seed)),
      '--redirect-uri',
      'http://localhost:1/x',
    ]);
    if (flags.kind !== 'start') throw new Error('the flags are refused');
    await expect(readOptionFiles(flags)).rejects.toThrow('belong into that file');
  });
});

describe('an emulator with a seed', () => {
  async function started(options: EmulatorOptions) {
    const emulator = await startEmulator({ port: 0, ...options });
    return { emulator, client: controlClient(emulator.url) };
  }

  it('has its users, apps, links and settings in place of the usual ones, after a reset too', async () => {
    const { emulator, client } = await started({ seed });
    await client.users.change('1', { nickname: 'anders' });
    emulator.reset();
    const users = await client.users.list();
    expect(users.map(({ id, nickname }) => [id, nickname])).toEqual([
      ['1', '하나'],
      ['9007199254740993', '둘'],
    ]);
    expect(emulator.apps().map(({ clientId, adminKey }) => [clientId, adminKey])).toEqual([
      [key, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaad1'],
    ]);
    expect((await client.settings.show()).pictures).toBe('local');
    const pressed = form({ user: '9007199254740993', decision: 'agree_all' });
    const query = new URLSearchParams({ client_id: key, redirect_uri: callback, response_type: 'code' });
    const code = redirectedTo(await send(`${emulator.url}/oauth/authorize?${query}`, pressed));
    expect(code.searchParams.get('code')).toMatch(/^emu_/);
    await emulator.close();
  });

  it('keeps what the seed does not name', async () => {
    const { emulator, client } = await started({ seed: { users: [{ id: people.linked }] } });
    expect(emulator.apps()).toHaveLength(2);
    expect((await client.snapshot.take()).links).toMatchObject([{ userId: people.linked }]);
    await emulator.close();
  });

  it('fills in what a description leaves out', async () => {
    const description = { ko: '짧게' } as { ko: string; en: string };
    const { emulator, client } = await started({ seed: { users: [{ id: '1', description }] } });
    const [user] = await client.users.list();
    expect(user?.description).toEqual({ ko: '짧게', en: 'A user of the seed file' });
    await emulator.close();
  });

  it('is read from YAML as from JSON', async () => {
    const yaml =
      '# a comment\nusers:\n  - { id: "1", nickname: 하나, email: null }\nsettings:\n  pictures: local\n';
    expect(await readSeedFile(file(yaml, 'same.yml'))).toEqual({
      users: [{ id: '1', nickname: '하나', email: null }],
      settings: { pictures: 'local' },
    });
  });
});

describe('a snapshot', () => {
  const kakao = useKakao();
  const put = (body: unknown) => kakao.control('PUT', 'snapshot', body);
  const snapshot = async () => (await kakao.control('GET', 'snapshot')).json;

  it('is refused by the name of the member that is wrong, and nothing changes', async () => {
    const before = await snapshot();
    const wrong = await put({ users: [{ id: '1', nickname: 5 }] });
    expect([wrong.status, wrong.json['field']]).toEqual([400, 'users[0].nickname']);
    const dangling = await put({ links: [{ userId: '1', appId: 1234567, scopes: [] }] });
    expect([dangling.status, dangling.json['field']]).toEqual([400, 'links[0].userId']);
    expect((await put([])).status).toBe(400);
    expect(await snapshot()).toEqual(before);
  });

  it('brings everything back that was written down, and ends tokens', async () => {
    await kakao.patchApp({ oidc: false, consentItems: { name: 'optional' } });
    await kakao.client.users.add({ id: '5', nickname: '다섯' });
    const { access_token } = await kakao.tokens('5');
    await kakao.client.settings.change({ codeLifetimeSeconds: 5 });
    const kept = await snapshot();
    await kakao.client.reset();
    expect(await snapshot()).not.toEqual(kept);
    expect((await put(kept)).status).toBe(204);
    expect(await snapshot()).toEqual(kept);
    expect((await kakao.me(access_token)).status).toBe(401);
  });

  it('brings back what belongs to a link: properties, service terms, the first nickname, preregistration', async () => {
    const serviceTerms = [{ tag: 'tos', title: { ko: '약관', en: 'Terms' }, required: true }];
    await kakao.patchApp({ kakaoSync: true, serviceTerms, userProperties: ['plan'], legacyFields: true });
    const { access_token } = await kakao.tokens(people.plain);
    await kakao.api('POST', '/v1/user/update_profile', access_token, { properties: '{"plan":"gold"}' });
    await kakao.patchApp({ manualSignup: true });
    await kakao.tokens(people.noEmail);
    await kakao.client.users.change(people.plain, { nickname: '새이름' });
    const kept = await snapshot();
    await kakao.client.reset();
    expect((await put(kept)).status).toBe(204);
    expect(await snapshot()).toEqual(kept);
    const me = async (user: string) => (await kakao.me((await kakao.tokens(user))['access_token'])).json;
    expect(await me(people.plain)).toMatchObject({
      has_signed_up: true,
      synched_at: '2026-03-02T04:11:52Z',
      properties: { plan: 'gold', nickname: '서윤' },
    });
    expect(await me(people.noEmail)).toMatchObject({ has_signed_up: false });
    const token = (await kakao.tokens(people.plain))['access_token'];
    const { json } = await kakao.api('GET', '/v2/user/service_terms', token);
    expect(json['service_terms']).toMatchObject([{ tag: 'tos', agreed_by: 'KAUTH' }]);
  });

  it('fills in shipping addresses, and lets the first app know people by the ids that are written', async () => {
    const apps = [{ appId: 1 }, { appId: 2 }];
    await put({ users: [{ id: '5', shippingAddresses: [{ name: '집' }] }], apps });
    const { users } = await snapshot();
    expect(users).toMatchObject([
      { shippingAddresses: [{ id: 1, name: '집', isDefault: true, type: 'NEW' }] },
    ]);
    const idIn = async (app: number) =>
      (await kakao.control('GET', `apps/${app}/users`)).json['users'] as { serviceUserId: string }[];
    expect((await idIn(1))[0]?.serviceUserId).toBe('5');
    expect((await idIn(2))[0]?.serviceUserId).not.toBe('5');
  });

  it('is a seed file', async () => {
    const kept = await snapshot();
    expect(await readSeedFile(file(JSON.stringify(kept, null, 2)))).toEqual(kept);
    expect(violations(kept, seedSchema(), {})).toEqual([]);
  });

  it('may name one list only', async () => {
    const { apps } = await snapshot();
    expect((await put({ users: [{ id: '8' }] })).status).toBe(204);
    const now = await snapshot();
    expect(now['apps']).toEqual(apps);
    expect(now['users']).toMatchObject([{ id: '8' }]);
    expect(now['links']).toEqual([]);
  });

  it('of ten thousand people goes in and out', async () => {
    const many = generatedPeople(10_000, 1).map((user) => ({ ...user }));
    expect((await put({ users: many })).status).toBe(204);
    expect((await snapshot())['users']).toHaveLength(10_000);
  }, 30_000);
});

describe('the published schema', () => {
  const document = seedSchema();

  it('says no where the reader does', () => {
    expect(violations(seed, document, document)).toEqual([]);
    expect(violations({ users: [{ id: 1 }] }, document, document)).toHaveLength(1);
    expect(violations({ people: [] }, document, document)).toEqual(['$.people: is unknown']);
  });
});

describe('generated people', () => {
  it('are the same for the same seed and others for another', () => {
    expect(generatedPeople(100, 7)).toEqual(generatedPeople(100, 7));
    expect(generatedPeople(100, 8)).not.toEqual(generatedPeople(100, 7));
    expect(generatedPeople(50, 7)).toEqual(generatedPeople(100, 7).slice(0, 50));
  });

  it('are plausible: ids of their own, real dates, some without e-mail', () => {
    const many = generatedPeople(1000, 1);
    expect(new Set(many.map(({ id }) => id)).size).toBe(1000);
    expect(
      many.every(({ birthyear, birthday }) =>
        /^(19[5-9]|200)\d(0[1-9]|1[0-2])([0-2]\d|3[01])$/.test(`${birthyear}${birthday}`),
      ),
    ).toBe(true);
    const without = many.filter(({ email }) => email === null).length;
    expect(without).toBeGreaterThan(40);
    expect(without).toBeLessThan(140);
    expect(new Set(many.map(({ name }) => name)).size).toBeGreaterThan(700);
  });

  it('come beside the usual ones', async () => {
    const emulator = await startEmulator({ port: 0, people: { count: 3, seed: 1 } });
    const users = await controlClient(emulator.url).users.list();
    expect(users.slice(-3).map(({ id }) => id)).toEqual(['3800000001', '3800000002', '3800000003']);
    expect(users.map(({ id }) => id)).toContain(people.plain);
    await emulator.close();
  });
});

describe('JSON with its lines', () => {
  it('is read as JSON.parse reads it', async () => {
    const text = ' {"a": [1, -2.5e3, "x\\n\\u00e9\\"", true, null, {}, []],\r\n "b": {"c": "\u2028"}} ';
    expect((await readLocatedJson(text)).value).toEqual(JSON.parse(text));
  });

  it('says where every value begins', async () => {
    const { lines } = await readLocatedJson('{\n"a": [\n1,\n{"b":\n2}]}');
    expect(Object.fromEntries(lines)).toEqual({ '': 1, a: 2, 'a[0]': 3, 'a[1]': 4, 'a[1].b': 5 });
  });
});
