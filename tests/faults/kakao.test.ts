import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../stack/database';
import { type Kakao, kakaoOf } from '../stack/kakao';
import { type Stack, startStack } from '../stack/servers';
import { Visitor } from '../stack/visitor';
import { expectProblem, signInWith } from '../wire/support/api';
import { errorOf } from '../wire/support/page';
import { type FaultyKakao, failures, startFaultyKakao } from './support/faulty-kakao';
import { expectPromptness, whileItLives, within6s } from './support/liveness';

let faulty: FaultyKakao;
let stop: () => Promise<void>;
let stack: Stack;
let kakao: Kakao;

beforeAll(async () => {
  faulty = await startFaultyKakao();
  const origins = { KAKAO_AUTH_ORIGIN: faulty.url, KAKAO_API_ORIGIN: faulty.url };
  ({ stack, stop } = await startStack(origins));
  faulty.passTo(stack.kakaoUrl);
  kakao = kakaoOf(stack);
  // Its ID tokens name the origin behind the faulty one; and so everybody's profile is asked for.
  await kakao.changeApp({ oidc: false });
});
afterEach(() => faulty.mend());
afterAll(async () => {
  await stop();
  await faulty.close();
});

/** Somebody at the end of their login in the browser, and somebody with an access token: both are refused in time. */
async function expectRefusals(begin: () => Promise<void> | void): Promise<void> {
  const [inBrowser, inApp] = [await kakao.addPerson(), await kakao.addPerson()];
  const visitor = new Visitor(stack);
  const callback = await visitor.agree(await visitor.begin(), inBrowser.id);
  const { access_token } = await kakao.tokens(inApp.id);
  await begin();
  await whileItLives(stack, async () => {
    const [web, api] = await Promise.all([
      within6s(() => visitor.send(callback)),
      within6s(() => signInWith(stack, `Bearer ${access_token}`)),
    ]);
    expect([web.status, errorOf(web)]).toEqual([303, 'kakao_unavailable']);
    expect(visitor.session).toBe('');
    expectProblem(api, 503, 'KAKAO_UNAVAILABLE');
    expect(Number(api.headers['retry-after'])).toBeGreaterThan(0);
  });
  const database = new Database(stack.databaseFile);
  expect([...database.users(inBrowser.id), ...database.users(inApp.id)]).toEqual([]);
  await faulty.mend();
  await expectLogins();
}

async function expectLogins(): Promise<void> {
  const person = await kakao.addPerson();
  const visitor = new Visitor(stack);
  await visitor.logIn(person.id);
  expect(await visitor.whoAmI()).toBe(person.id);
  const { access_token } = await kakao.tokens(person.id);
  expect((await signInWith(stack, `Bearer ${access_token}`)).status).toBe(200);
}

/** The first call of a login in the browser and of one by the API, and the second one of both. */
const stages = [
  ['first', ['/oauth/token', '/v1/user/access_token_info']],
  ['second', ['/v2/user/me']],
] as const;

describe.each(stages)('at the %s call of a login', (_, paths) => {
  it.each(Object.entries(failures))(
    'Kakao %s: refused within 6 s, and well afterwards',
    async (_how, answer) => {
      await expectRefusals(() => faulty.fail(paths, answer));
    },
  );
});

describe('Kakao refuses connections', () => {
  it('from the first call of a login on', async () => {
    await expectRefusals(() => faulty.refuse());
  });

  it('from the second call of a login in the browser on', async () => {
    const person = await kakao.addPerson();
    const visitor = new Visitor(stack);
    const callback = await visitor.agree(await visitor.begin(), person.id);
    await faulty.refuse('/oauth/token');
    const answer = await within6s(() => visitor.send(callback));
    expect(errorOf(answer)).toBe('kakao_unavailable');
    expect(new Database(stack.databaseFile).users(person.id)).toEqual([]);
  });
});

/** How long an outage lasts: two minutes, unless TEST_OUTAGE_SECONDS says otherwise. */
const outageMs = Number(process.env['TEST_OUTAGE_SECONDS'] ?? 120) * 1_000;

it.each([
  [
    'is silent',
    () =>
      faulty.fail(
        ['/oauth/token', '/v1/user/access_token_info', '/v2/user/me', '/v2/user/scopes'],
        () => undefined,
      ),
  ],
  ['refuses connections', () => faulty.refuse()],
])(
  'while Kakao %s signed-in people notice nothing, and logins work when it is back',
  async (_, begin) => {
    const person = await kakao.addPerson();
    const visitor = new Visitor(stack);
    await visitor.logIn(person.id);
    const { access_token } = await kakao.tokens(person.id);
    await begin();
    const until = Date.now() + outageMs;
    await whileItLives(stack, async () => {
      for (let round = 0; Date.now() < until; round += 1) {
        for (const path of [
          '/api/me',
          '/api/sessions',
          '/api/auth/session',
          '/account',
          '/account/history',
          '/',
        ]) {
          expect([path, (await visitor.send(path)).status]).toEqual([path, 200]);
        }
        // From many addresses, none of which is limited.
        const from = { 'x-forwarded-for': `192.0.2.${round % 250}` };
        const logins = Array.from({ length: 5 }, () => signInWith(stack, `Bearer ${access_token}`, from));
        for (const answer of await Promise.all(logins)) expectProblem(answer, 503, 'KAKAO_UNAVAILABLE');
        expect(await visitor.whoAmI()).toBe(person.id);
      }
    });
    await faulty.mend();
    const back = Date.now();
    await expectLogins();
    expect(Date.now() - back).toBeLessThan(10_000);
  },
  outageMs + 180_000,
);

it('throughout, liveness was prompt', expectPromptness);
