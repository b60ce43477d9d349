import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe } from 'vitest';
import { Database } from '../stack/database';
import { type Answer, send } from '../stack/http';
import { kakaoOf } from '../stack/kakao';
import { startStack } from '../stack/servers';
import { Visitor } from '../stack/visitor';
import { expect, test } from './support/test';

const secret = randomBytes(24).toString('base64url');
let own: Awaited<ReturnType<typeof startStack>>;
beforeAll(async () => {
  own = await startStack({ CRON_SECRET: secret });
}, 120_000);
afterAll(() => own.stop());

function cron(authorization?: string, method = 'GET', query = ''): Promise<Answer> {
  const headers = authorization === undefined ? {} : { authorization };
  return send(`${own.stack.appUrl}/api/cron${query}`, { method, headers });
}

describe('the background work is refused', () => {
  const wrong: readonly (readonly [string, string | undefined, string])[] = [
    ['without a word', undefined, 'Bearer'],
    ['with another secret', `Bearer ${'x'.repeat(secret.length)}`, 'Bearer error="invalid_token"'],
    ['with the beginning of the secret', `Bearer ${secret.slice(0, -1)}`, 'Bearer error="invalid_token"'],
    ['with the bare secret', secret, 'Bearer error="invalid_token"'],
    ['by another scheme', `Basic ${secret}`, 'Bearer error="invalid_token"'],
  ];
  for (const [what, authorization, challenge] of wrong) {
    test(what, async () => {
      for (const method of ['GET', 'POST']) {
        const answer = await cron(authorization, method, `?secret=${secret}`);
        expect([answer.status, answer.json()['message']]).toEqual([401, 'UNAUTHENTICATED']);
        expect(answer.headers['www-authenticate']).toBe(challenge);
      }
    });
  }

  test('by methods that ask for something else', async () => {
    for (const method of ['HEAD', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await cron(`Bearer ${secret}`, method);
      expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, POST, OPTIONS']);
    }
  });

  test('to everybody where no secret is set', async ({ stack }) => {
    const headers = { authorization: 'Bearer undefined' };
    const answer = await send(`${stack.appUrl}/api/cron`, { headers });
    expect([answer.status, answer.json()['message']]).toEqual([404, 'NOT_FOUND']);
  });
});

test('the background work is done once, and the answer says what that was', async () => {
  const database = new Database(own.stack.databaseFile);
  // What is hourly is not due again for an hour.
  expect((await cron(`Bearer ${secret}`)).status).toBe(200);
  const person = await kakaoOf(own.stack).addPerson();
  for (const method of ['GET', 'POST']) {
    await new Visitor(own.stack).logIn(person.id);
    database.expireSessions(person.id);
    const answers = await Promise.all([1, 2, 3].map(() => cron(`Bearer ${secret}`, method)));
    for (const answer of answers) {
      expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'private, no-store']);
    }
    const reports = answers.map((answer) => answer.json());
    expect(reports.map(({ purgedRows }) => purgedRows).sort()).toEqual([0, 0, 1]);
    const unlinks = { unlinked: 0, cancelled: 0, failed: 0 };
    expect(reports[0]).toMatchObject({ settledEvents: 0, unlinks, resealedTokens: 0 });
    expect(database.sessions(person.id)).toEqual([]);
  }
});
