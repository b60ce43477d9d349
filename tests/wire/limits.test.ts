import { describe } from 'vitest';
import { send } from '../stack/http';
import { kakaoOf } from '../stack/kakao';
import { startStack } from '../stack/servers';
import { Visitor } from '../stack/visitor';
import { expectProblem, signInWith } from './support/api';
import { expect, test } from './support/test';

/** An address that no other test comes from. */
const newAddress = () => `198.51.100.${1 + Math.floor(Math.random() * 254)}`;

/** `work` so many times, 20 at a time. */
async function repeat<T>(times: number, work: (turn: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let turn = 0; turn < times; turn += 20) {
    const some = Array.from({ length: Math.min(20, times - turn) }, (_, index) => work(turn + index));
    results.push(...(await Promise.all(some)));
  }
  return results;
}

/** As an address that the person typed in. */
const typedIn = { headers: { 'sec-fetch-site': 'none' } };

describe('one person', () => {
  test('exports their data five times in a minute, and is told when to come again', async ({
    visitor,
    person,
    stranger,
    stack,
  }) => {
    await visitor.logIn(person.id);
    for (let turn = 0; turn < 5; turn += 1)
      expect((await visitor.send('/api/me/export', typedIn)).status).toBe(200);
    const refused = await visitor.send('/api/me/export?format=csv', typedIn);
    expectProblem(refused, 429, 'TOO_MANY_REQUESTS');
    expect(refused.headers['retry-after']).toMatch(/^[1-6]?\d$/);
    const elsewhere = new Visitor(stack, { 'x-forwarded-for': newAddress() });
    await elsewhere.logIn(person.id);
    expectProblem(await elsewhere.send('/api/me/export', typedIn), 429, 'TOO_MANY_REQUESTS');
    expect((await visitor.send('/account')).status).toBe(200);
    await elsewhere.logIn(stranger.id);
    expect((await elsewhere.send('/api/me/export', typedIn)).status).toBe(200);
  });

  test('makes us ask Kakao for their consents once, however often they look', async ({
    visitor,
    person,
    kakao,
  }) => {
    await visitor.logIn(person.id);
    await repeat(20, () => visitor.send('/account'));
    await visitor.send('/account?consent=withdrawn');
    await visitor.send('/api/me/export', typedIn);
    expect(await kakao.requests('/v2/user/scopes')).toHaveLength(1);
  });

  test('withdraws ten consents in a minute, and Kakao is not asked for more', async ({
    visitor,
    person,
    kakao,
  }) => {
    await visitor.logIn(person.id);
    const withdraw = () => visitor.post('/account/consents', { item: 'gender' });
    for (let turn = 0; turn < 10; turn += 1) {
      expect((await withdraw()).headers.location).toBe('/account?consent=not_agreed#consents');
    }
    expect((await withdraw()).headers.location).toBe('/account?consent=too_many_requests#consents');
    expect(await kakao.requests('/v2/user/revoke/scopes')).toHaveLength(10);
  });

  test('has 100 sessions at most, with one token of Kakao’s too: the oldest end first', async ({
    person,
    kakao,
    stack,
    database,
  }) => {
    const { access_token } = await kakao.tokens(person.id);
    const answers = await repeat(130, () => signInWith(stack, `Bearer ${access_token}`));
    expect(answers.map(({ status }) => status)).toEqual(Array(130).fill(200));
    expect(database.sessions(person.id)).toHaveLength(100);
    const me = (answer?: { json(): Record<string, unknown> }) =>
      send(`${stack.appUrl}/api/me`, {
        headers: { authorization: `Bearer ${answer?.json()['access_token']}` },
      });
    expectProblem(await me(answers[0]), 401, 'UNAUTHENTICATED');
    expect((await me(answers.at(-1))).status).toBe(200);
  });
});

/** A security event token that Kakao has not signed. */
const forged = [
  Buffer.from('{"typ":"secevent+jwt","alg":"RS256","kid":"unknown"}').toString('base64url'),
  Buffer.from('{"iss":"https://kauth.kakao.com"}').toString('base64url'),
  Buffer.alloc(256, 7).toString('base64url'),
].join('.');

describe('security event tokens that Kakao has not signed', () => {
  test('are checked 600 times in a minute from one address; Kakao’s own are taken all the same', async ({
    stack,
    kakao,
    person,
    visitor,
  }) => {
    const address = newAddress();
    const deliver = () =>
      send(`${stack.appUrl}/api/webhooks/kakao/account-state`, {
        method: 'POST',
        headers: { 'content-type': 'application/secevent+jwt', 'x-forwarded-for': address },
        body: forged,
      });
    const answers = await repeat(1_000, deliver);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(600);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(400);
    expect(refused[0]?.headers['retry-after']).toMatch(/^[1-6]?\d$/);
    await kakao.sendWebhooksTo(stack.appUrl);
    await visitor.logIn(person.id);
    const [attempt] = await kakao.fire({ userId: person.id, event: 'sessions-revoked' });
    expect(attempt?.status).toBe(202);
    expect(await visitor.whoAmI()).toBeNull();
  });
});

test('while the keys of Kakao do not come they are asked for once a second, however many tokens wait', async () => {
  const { stack, stop } = await startStack();
  try {
    const kakao = kakaoOf(stack);
    await kakao.fault('/.well-known/jwks.json', { status: 503, always: true });
    const headers = { 'content-type': 'application/secevent+jwt' };
    const url = `${stack.appUrl}/api/webhooks/kakao/account-state`;
    const began = performance.now();
    const answers = await repeat(900, () => send(url, { method: 'POST', headers, body: forged }));
    const seconds = Math.ceil((performance.now() - began) / 1_000);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    // Each time once more, because a read is tried twice.
    expect((await kakao.requests('/.well-known/jwks.json')).length).toBeLessThanOrEqual(2 * (seconds + 1));
  } finally {
    await stop();
  }
});

test('security events that Kakao has signed are all taken, also 700 that wait for its keys at the same time', async () => {
  const { stack, stop } = await startStack();
  try {
    const kakao = kakaoOf(stack);
    const url = `${stack.appUrl}/api/webhooks/kakao/account-state`;
    const { id } = await kakao.addPerson();
    const [held] = await kakao.fire({ userId: id, event: 'sessions-revoked', url, hold: true });
    await kakao.fault('/.well-known/jwks.json', { delayMs: 700 });
    const headers = { 'content-type': 'application/secevent+jwt' };
    const deliver = () => send(url, { method: 'POST', headers, body: held?.body ?? '' });
    const answers = await Promise.all(Array.from({ length: 700 }, deliver));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
  } finally {
    await stop();
  }
});
