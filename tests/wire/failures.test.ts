import { readFileSync } from 'node:fs';
import { describe } from 'vitest';
import type { FailureCause, FailureCode, Locale } from '../../lib/text';
import type { Database } from '../stack/database';
import type { Kakao, Person } from '../stack/kakao';
import type { Stack } from '../stack/servers';
import { Visitor } from '../stack/visitor';
import { text } from '../stack/words';
import { errorOf, expectAccountPage, expectFailurePage, returnToOf, textOf } from './support/page';
import { expect, test } from './support/test';

interface Scene {
  readonly visitor: Visitor;
  readonly kakao: Kakao;
  readonly person: Person;
  readonly database: Database;
  readonly stack: Stack;
  readonly locale: Locale;
}

interface Way {
  readonly code: FailureCode;
  /** With sentences of its own. */
  readonly cause?: FailureCause;
  readonly how: string;
  /** Leads a browser into this failure: the address that it opens last. */
  fail(scene: Scene): Promise<string>;
  /** Whether the button leads to a login once the cause is gone. */
  readonly retry?: boolean;
}

/** One each: a flood that met the end of another's minute would be half forgotten. */
const addresses = { ko: '198.51.100.7', en: '198.51.100.8' };

/** Presses the Kakao button of a login page that knows where to go afterwards. */
async function begin(visitor: Visitor) {
  const { answer } = await visitor.open('/login?returnTo=%2F%3Fcart%3D1');
  return visitor.begin({ returnTo: returnToOf(answer.text) });
}

/** Sends the browser through a login that Kakao does not stop. */
async function logInQuickly({ visitor, kakao, person }: Scene): Promise<string> {
  await kakao.approveNext(person);
  return (await begin(visitor)).authorizeUrl;
}

/** A way that goes wrong where the app asks Kakao. */
function byFault(
  failure: FailureCode | readonly [FailureCode, FailureCause],
  how: string,
  endpoint: string,
  effect: Record<string, unknown>,
): Way {
  const [code, cause] = typeof failure === 'string' ? [failure] : failure;
  return {
    code,
    ...(cause && { cause }),
    how,
    retry: true,
    async fail(scene) {
      await scene.kakao.fault(endpoint, { ...effect, always: true });
      return logInQuickly(scene);
    },
  };
}

const busy = ['kakao_unavailable', 'busy'] as const;

const ways: readonly Way[] = [
  {
    code: 'cancelled',
    how: 'the person cancels',
    retry: true,
    async fail({ visitor }) {
      return visitor.answerKakao(await begin(visitor), { decision: 'cancel' });
    },
  },
  {
    code: 'expired',
    how: 'the flow began in another browser',
    async fail({ person, stack }) {
      const other = new Visitor(stack);
      return other.agree(await other.begin(), person.id);
    },
  },
  byFault('kakao_rejected', 'Kakao says that the code is used up', '/oauth/token', { kakao: 'KOE320' }),
  byFault('kakao_unavailable', 'Kakao is silent at the exchange', '/oauth/token', { delayMs: 20_000 }),
  byFault('kakao_unavailable', 'Kakao is silent about the person', '/v2/user/me', { delayMs: 20_000 }),
  {
    code: 'expired',
    cause: 'incomplete',
    how: 'Kakao sends no code',
    retry: true,
    async fail({ visitor, person }) {
      const callback = new URL(await visitor.agree(await begin(visitor), person.id));
      callback.searchParams.delete('code');
      return callback.href;
    },
  },
  {
    code: 'expired',
    cause: 'withdrawn',
    how: 'the person has left in the meantime',
    retry: true,
    async fail({ visitor, kakao, person, stack }) {
      const other = new Visitor(stack);
      await other.logIn(person.id);
      const callback = await visitor.agree(await begin(visitor), person.id);
      // Unlinking would end the code too.
      await kakao.fault('/v1/user/unlink', { status: 503, always: true });
      const left = await other.send('/api/me', { method: 'DELETE', headers: { origin: stack.appUrl } });
      expect(left.status).toBe(204);
      return callback;
    },
  },
  byFault(['cancelled', 'not_silent'], 'a step is left at Kakao', '/oauth/authorize', {
    kakao: 'interaction_required',
  }),
  byFault('kakao_unavailable', 'Kakao has trouble at the start', '/oauth/authorize', {
    kakao: 'server_error',
  }),
  byFault('misconfigured', 'Kakao refuses what we ask for', '/oauth/authorize', { kakao: 'invalid_scope' }),
  byFault(['misconfigured', 'refused'], 'Kakao says what we do not know', '/oauth/authorize', {
    kakao: 'auto_login',
  }),
  byFault(['kakao_unavailable', 'too_many_logins'], 'Kakao has issued too many tokens', '/oauth/token', {
    kakao: 'KOE237',
  }),
  byFault(busy, 'Kakao has too many requests', '/oauth/token', { status: 429, body: '{}' }),
  byFault(busy, 'our quota at Kakao is used up', '/v2/user/me', { kakao: -10 }),
  byFault(['kakao_unavailable', 'maintenance'], 'Kakao is in maintenance', '/v2/user/me', { kakao: -9798 }),
  byFault(['kakao_unavailable', 'refused'], 'Kakao has sanctioned our app', '/v2/user/me', { kakao: -12 }),
  byFault(['kakao_unavailable', 'account_restricted'], 'Kakao restricts the account', '/v2/user/me', {
    kakao: -4,
  }),
  byFault(['kakao_rejected', 'account_unusable'], 'the account is dormant', '/v2/user/me', { kakao: -103 }),
  byFault(['kakao_rejected', 'not_linked'], 'the person has just unlinked', '/v2/user/me', { kakao: -101 }),
  byFault(['kakao_rejected', 'token_unknown'], 'Kakao does not know its token any more', '/v2/user/me', {
    kakao: -401,
  }),
  byFault(['kakao_rejected', 'refused'], 'Kakao cannot read our request', '/v2/user/me', { kakao: -2 }),
  byFault(['kakao_unavailable', 'consent_missing'], 'a consent is missing', '/v2/user/me', { kakao: -402 }),
  byFault('kakao_unavailable', 'Kakao has trouble of its own', '/v2/user/me', { kakao: -7 }),
  byFault('misconfigured', 'Kakao does not know our key', '/oauth/token', { kakao: 'KOE101' }),
  byFault('misconfigured', 'the code is for another key', '/oauth/token', { kakao: 'KOE114' }),
  byFault('misconfigured', 'Kakao refuses our redirect URI', '/oauth/token', { kakao: 'KOE303' }),
  {
    code: 'misconfigured',
    how: 'the client secret was changed',
    async fail(scene) {
      await scene.kakao.changeApp({ clientSecret: 'another_secret_than_we_have' });
      return logInQuickly(scene);
    },
  },
  byFault(['unexpected', 'unverifiable'], 'the ID token is for another app', '/oauth/token', {
    idToken: { aud: 'somebody-else' },
  }),
  byFault(['unexpected', 'unverifiable'], 'the profile has no id', '/v2/user/me', { body: '{}' }),
  {
    code: 'under_14',
    how: 'the person is a child',
    async fail({ visitor, kakao, person }) {
      await kakao.change(person, { under14: true });
      return visitor.answerKakao(await begin(visitor), { user: person.id });
    },
  },
  {
    code: 'blocked',
    how: 'the user is blocked here',
    async fail(scene) {
      const { stack, person, database } = scene;
      await new Visitor(stack).logIn(person.id);
      database.block(person.id);
      return logInQuickly(scene);
    },
  },
  {
    code: 'blocked',
    cause: 'disabled',
    how: 'Kakao has suspended the account',
    async fail(scene) {
      const { stack, kakao, person } = scene;
      await new Visitor(stack).logIn(person.id);
      await kakao.sendWebhooksTo(stack.appUrl);
      await kakao.fire({ userId: person.id, event: 'account-disabled', toeOffsetSeconds: 1 });
      return logInQuickly(scene);
    },
  },
  {
    code: 'too_many_requests',
    how: 'there were too many attempts from one address',
    async fail({ visitor, stack, locale }) {
      const from = { 'x-forwarded-for': addresses[locale] };
      let last: string | undefined;
      const flood = async () => {
        const other = new Visitor(stack, from);
        for (let count = 0; count < 75 && !last?.includes('error'); count += 1) {
          last = (await other.post('/login/kakao')).headers.location;
        }
      };
      await Promise.all(Array.from({ length: 20 }, flood));
      const answer = await visitor.post('/login/kakao', { returnTo: '/?cart=1' }, from);
      return answer.headers.location ?? '';
    },
  },
];

for (const locale of ['ko', 'en'] as const) {
  describe(`in ${locale === 'ko' ? 'Korean' : 'English'}`, () => {
    for (const { code, cause, how, fail, retry } of ways) {
      test(`when ${how}, the page explains ${code} and what to do`, async ({
        kakao,
        person,
        database,
        stack,
      }) => {
        const visitor = new Visitor(stack, { 'accept-language': locale === 'ko' ? 'ko-KR' : 'en-US' });
        const address = await fail({ visitor, kakao, person, database, stack, locale });
        const arrived = await visitor.open(address);
        const supportCode = expectFailurePage(arrived, code, locale, cause);
        expect(await loggedUnder(supportCode, stack)).toBe(supportCode && code);
        expect((await visitor.send('/api/me')).status).toBe(401);
        if (!retry) return;
        await kakao.clearFaults();
        await kakao.approveNext(person);
        const again = await visitor.begin({ returnTo: returnToOf(arrived.answer.text) });
        const { pathname, search } = (await visitor.open(again.authorizeUrl)).url;
        expect(pathname + search).toBe('/?cart=1');
      });
    }
  });
}

test('there is a way into every failure and every cause that has sentences', () => {
  const { failures, causes } = text('ko').login;
  // What nobody foresaw cannot be brought about.
  const seen = new Set(['unexpected', ...ways.map(({ code, cause }) => cause ?? code)]);
  expect([...seen].sort()).toEqual([...Object.keys(failures), ...Object.keys(causes)].sort());
});

/** The failure that the log has under a support code. */
async function loggedUnder(supportCode: string | null, { logFile }: Stack): Promise<string | null> {
  if (supportCode === null) return null;
  const found = () =>
    readFileSync(logFile, 'utf8')
      .split('\n')
      .slice(0, -1)
      .filter((line) => line.includes(`"requestId":"${supportCode}`));
  // The file is written by another process than the one that answers.
  await expect.poll(found, { message: supportCode }).toHaveLength(1);
  return JSON.parse(found()[0] ?? '{}').code;
}

const badIdTokens: readonly [string, Record<string, unknown>][] = [
  ['another issuer', { iss: 'https://e.com' }],
  ['another nonce', { nonce: 'another' }],
  ['no nonce', { nonce: null }],
  ['another person', { sub: '1' }],
  ['no person', { sub: null }],
  ['an end in the past', { exp: 1_000 }],
  ['no end', { exp: null }],
  ['a beginning in the far future', { iat: 4_000_000_000 }],
  ['no signature', { alg: 'none' }],
  ['a signature with the client secret', { alg: 'HS256' }],
  ['an unknown key', { signWith: 'unknown-key' }],
  ['a foreign key under a known name', { signWith: 'foreign-key-same-kid' }],
];

for (const [what, idToken] of badIdTokens) {
  test(`an ID token with ${what} signs nobody in`, async ({ kakao, person, visitor, database }) => {
    await kakao.fault('/oauth/token', { idToken });
    const callback = await visitor.agree(await visitor.begin(), person.id);
    expect(errorOf(await visitor.send(callback))).toBe('unexpected');
    expect(await visitor.whoAmI()).toBeNull();
    expect(database.users(person.id)).toEqual([]);
  });
}

test('the exchange of a code is never tried a second time', async ({ kakao, visitor }) => {
  for (const effect of [
    { reset: true },
    { status: 503, body: 'down' },
    { malformed: true },
    { truncate: true },
  ]) {
    await kakao.reset();
    await kakao.fault('/oauth/token', { ...effect, always: true });
    const someone = await kakao.addPerson();
    const answer = await visitor.send(await visitor.agree(await visitor.begin(), someone.id));
    expect(errorOf(answer), JSON.stringify(effect)).toBe('kakao_unavailable');
    expect(await kakao.exchanges(), JSON.stringify(effect)).toBe(1);
  }
});

test('any callback is answered within 6 s, however slow Kakao is', async ({ kakao, person, visitor }) => {
  for (const [endpoint, delayMs] of [
    ['/oauth/token', 2_800],
    ['/v2/user/me', 20_000],
  ] as const) {
    await kakao.fault(endpoint, { delayMs, always: true });
  }
  const callback = await visitor.agree(await visitor.begin(), person.id);
  const begun = Date.now();
  expect(errorOf(await visitor.send(callback))).toBe('kakao_unavailable');
  expect(Date.now() - begun).toBeLessThan(6_000);
});

test('a login without an ID token is fine when none was asked for', async ({ visitor, kakao, person }) => {
  await kakao.changeApp({ oidc: false });
  await kakao.approveNext(person);
  expectAccountPage(await visitor.open((await visitor.begin()).authorizeUrl), person.nickname);
});

test('no two failures have the same title, and an unknown one has sentences too', async ({ stack }) => {
  for (const locale of ['ko', 'en'] as const) {
    const visitor = new Visitor(stack, { cookie: `lang-${stack.port}=${locale}` });
    const titles = new Set<string>();
    const { failures } = text(locale).login;
    for (const code of Object.keys(failures)) {
      titles.add(textOf((await visitor.send(`/login?error=${code}`)).text, 'title'));
    }
    expect(titles.size).toBe(Object.keys(failures).length);
    const unknown = await visitor.send('/login?error=%3Cscript%3E');
    expect(textOf(unknown.text, 'h1')).toBe(failures.unexpected.title);
  }
});
