import { randomUUID } from 'node:crypto';
import { describe } from 'vitest';
import { send } from '../stack/http';
import { Visitor } from '../stack/visitor';
import { expect, test } from './support/test';

type Effect = 'none' | 'erased' | 'signed out' | 'blocked' | 'unblocked';

/** What each event does to somebody who is signed in; for `account-enabled`, to somebody who was blocked before. */
const effects: Readonly<Record<string, Effect>> = {
  'user-linked': 'none',
  'user-unlinked': 'erased',
  'user-scope-consent': 'none',
  'user-scope-withdraw': 'none',
  'tokens-revoked': 'signed out',
  'token-issued': 'none',
  'token-revoked': 'none',
  'account-purged': 'erased',
  'account-disabled': 'blocked',
  'account-enabled': 'unblocked',
  'account-credential-change-required': 'none',
  'credential-compromise': 'signed out',
  'identifier-changed': 'none',
  'identifier-recycled': 'none',
  'sessions-revoked': 'signed out',
  'assurance-level-change': 'none',
  'credential-change': 'signed out',
  'user-profile-changed': 'none',
  'https://schemas.example/never-heard-of': 'none',
};
const reasons = [
  'ACCOUNT_DELETE',
  'FORCED_ACCOUNT_DELETE',
  'UNLINK_FROM_APPS',
  'UNLINK_FROM_ADMIN',
  'INCOMPLETE_SIGN_UP',
];
const eventFlaws = [
  'foreign-key',
  'unknown-key',
  'alg-none',
  'alg-hs256',
  'tampered',
  'wrong-issuer',
  'wrong-audience',
  'wrong-app-id',
  'wrong-subject',
  'wrong-type',
  'wrong-content-type',
  'missing-jti',
  'no-event',
  'two-events',
  'id-token',
] as const;
const unlinkFlaws = [
  ['wrong-admin-key', 401],
  ['no-authorization', 401],
  ['wrong-app-id', 403],
  ['missing-user-id', 400],
  ['repeated-user-id', 400],
] as const;
const methods = ['GET', 'POST'] as const;

test.beforeEach(({ kakao, stack }) => kakao.sendWebhooksTo(stack.appUrl));

describe('the account-state webhook', () => {
  for (const flaw of eventFlaws) {
    test(`refuses ${flaw}, and nothing happens`, async ({ kakao, person, visitor }) => {
      await visitor.logIn(person.id);
      const [attempt] = await kakao.fire({ userId: person.id, event: 'account-purged', flaw });
      expect(attempt?.status).toBe(400);
      expect(await visitor.whoAmI()).toBe(person.id);
    });
  }

  test('says why it refuses as RFC 8935 has it', async ({ stack }) => {
    const answer = await send(`${stack.appUrl}/api/webhooks/kakao/account-state`, {
      method: 'POST',
      headers: { 'content-type': 'application/secevent+jwt' },
      body: 'eyJ.e30.x',
    });
    expect([answer.status, answer.headers['content-type']]).toEqual([400, 'application/json']);
    expect(answer.json()).toEqual({ err: 'invalid_request', description: expect.stringMatching(/\S/) });
  });

  test('has no other method', async ({ stack }) => {
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
      const answer = await send(`${stack.appUrl}/api/webhooks/kakao/account-state`, { method });
      expect(answer.status, method).toBe(405);
    }
  });

  for (const [event, effect] of Object.entries(effects)) {
    test(`${event}: ${effect}`, async ({ kakao, person, visitor, stack, database }) => {
      await visitor.logIn(person.id);
      if (event === 'account-enabled') await kakao.fire({ userId: person.id, event: 'account-disabled' });
      const [attempt] = await kakao.fire({ userId: person.id, event });
      expect(attempt).toMatchObject({ status: 202, accepted: true });
      expect(await visitor.whoAmI()).toBe(effect === 'none' ? person.id : null);
      expect(database.users(person.id)).toHaveLength(effect === 'erased' ? 0 : 1);
      const again = new Visitor(stack);
      const location = await again.tryLogIn(person.id);
      expect(location).toBe(effect === 'blocked' ? '/login?error=blocked' : '/account');
    });
  }

  test('20 copies at once have one effect, and one more later has none', async ({
    kakao,
    person,
    visitor,
    database,
  }) => {
    await visitor.logIn(person.id);
    const jti = randomUUID();
    const order = { userId: person.id, event: 'tokens-revoked', times: 20, claims: { jti } };
    const attempts = await kakao.fire(order);
    expect(attempts.map(({ status }) => status)).toEqual(Array(20).fill(202));
    expect(database.outcomes(jti)).toEqual(['applied']);
    expect(await visitor.whoAmI()).toBeNull();
    await visitor.logIn(person.id);
    expect(await kakao.replay([attempts[0]?.delivery ?? ''])).toMatchObject([{ status: 202 }]);
    expect(await visitor.whoAmI()).toBe(person.id);
  });

  test('an event from before the last login is recorded only', async ({
    kakao,
    person,
    visitor,
    database,
  }) => {
    await visitor.logIn(person.id);
    for (const event of Object.keys(effects)) {
      const jti = randomUUID();
      const order = { userId: person.id, event, toeOffsetSeconds: -5, claims: { jti } };
      expect(await kakao.fire(order), event).toMatchObject([{ status: 202 }]);
      expect(database.outcomes(jti), event).toHaveLength(1);
    }
    expect(await visitor.whoAmI()).toBe(person.id);
  });

  test('events that overtake each other end as they happened', async ({ kakao, person, visitor, stack }) => {
    await visitor.logIn(person.id);
    const held = { userId: person.id, hold: true };
    const [first] = await kakao.fire({ ...held, event: 'account-disabled', toeOffsetSeconds: 1 });
    const [second] = await kakao.fire({ ...held, event: 'account-enabled', toeOffsetSeconds: 2 });
    await kakao.replay([second?.delivery ?? '', first?.delivery ?? '']);
    const again = new Visitor(stack);
    expect(await again.tryLogIn(person.id)).toBe('/account');
  });

  test('a new key of Kakao’s is fetched', async ({ kakao, person, visitor }) => {
    await visitor.logIn(person.id);
    await kakao.fire({ userId: person.id, event: 'token-issued' });
    await kakao.rotateKeys();
    await expect
      .poll(async () => (await kakao.fire({ userId: person.id, event: 'sessions-revoked' }))[0]?.status, {
        timeout: 20_000,
        interval: 2_000,
      })
      .toBe(202);
    expect(await visitor.whoAmI()).toBeNull();
  });
});

describe('the unlink webhook', () => {
  for (const [flaw, status] of unlinkFlaws) {
    test(`answers ${status} to ${flaw}, and nothing happens`, async ({ kakao, person, visitor }) => {
      await visitor.logIn(person.id);
      for (const method of methods) {
        const [attempt] = await kakao.fire({ kind: 'unlink', userId: person.id, flaw, method });
        expect(attempt?.status, method).toBe(status);
      }
      expect(await visitor.whoAmI()).toBe(person.id);
    });
  }

  for (const reason of reasons) {
    for (const method of methods) {
      test(`${method} for ${reason} erases the person, and is at peace with a repetition`, async ({
        kakao,
        person,
        visitor,
        database,
      }) => {
        await visitor.logIn(person.id);
        const order = { kind: 'unlink' as const, userId: person.id, reason, method };
        const [attempt] = await kakao.fire(order);
        expect(attempt).toMatchObject({ status: 200, accepted: true });
        expect([await visitor.whoAmI(), database.users(person.id)]).toEqual([null, []]);
        expect(await kakao.replay([attempt?.delivery ?? ''], 3)).toMatchObject(
          Array(3).fill({ status: 200 }),
        );
      });
    }
  }

  test('takes JSON, exact ids and a reason that nobody has heard of', async ({ kakao, stack }) => {
    const authorization = `KakaoAK ${stack.kakaoEnv['KAKAO_ADMIN_KEY']}`;
    const body = `{"app_id":${stack.kakaoEnv['KAKAO_APP_ID']},"user_id":9007199254740993,"referrer_type":"NEW_ONE"}`;
    const url = `${stack.appUrl}/api/webhooks/kakao/unlink`;
    const headers = { authorization, 'content-type': 'application/json' };
    const visitors = [new Visitor(stack), new Visitor(stack)] as const;
    await visitors[0].logIn('9007199254740993');
    await visitors[1].logIn('9007199254740992');
    expect((await send(url, { method: 'POST', headers, body })).status).toBe(200);
    expect([await visitors[0].whoAmI(), await visitors[1].whoAmI()]).toEqual([null, '9007199254740992']);
    const text = { authorization, 'content-type': 'text/plain' };
    expect((await send(url, { method: 'POST', headers: text, body })).status).toBe(415);
    expect((await send(url, { method: 'HEAD', headers: { authorization } })).status).toBe(405);
    await kakao.settled();
  });
});

test('what is not Kakao’s is limited, and what is passes all the same', async ({
  kakao,
  person,
  visitor,
  stack,
}) => {
  await visitor.logIn(person.id);
  const url = `${stack.appUrl}/api/webhooks/kakao/unlink`;
  const headers = { authorization: 'KakaoAK wrong', 'x-forwarded-for': '203.0.113.77' };
  const statuses = new Set<number>();
  for (let round = 0; round < 15 && !statuses.has(429); round += 1) {
    const answers = await Promise.all(Array.from({ length: 100 }, () => send(url, { headers })));
    for (const { status } of answers) statuses.add(status);
  }
  expect([...statuses].sort()).toEqual([401, 429]);
  const genuine = { 'x-forwarded-for': '203.0.113.77' };
  const order = { kind: 'unlink' as const, userId: person.id, headers: genuine };
  expect(await kakao.fire(order)).toMatchObject([{ status: 200 }]);
  expect(await visitor.whoAmI()).toBeNull();
});

test('signing up is never taken for leaving', async ({ kakao, person, visitor }) => {
  await visitor.logIn(person.id);
  await kakao.settled();
  expect(await visitor.whoAmI()).toBe(person.id);
});
