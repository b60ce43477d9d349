import { describe } from 'vitest';
import { type Answer, send } from '../stack/http';
import type { Kakao } from '../stack/kakao';
import type { Stack } from '../stack/servers';
import { Visitor } from '../stack/visitor';
import { signInWith } from './support/api';
import { expect, test } from './support/test';

// The winners that docs/account-lifecycle.md names, over HTTP: whatever comes at the same time, nobody gets a 500.

const rounds = 200;

/** Each test from an address of its own: together they would be too many for one. */
const from = (test: number) => ({ 'x-forwarded-for': `192.0.2.${test}` });

/** Waits up to a few milliseconds, so that each round meets at another moment. */
const pause = (round: number) => new Promise((resolve) => setTimeout(resolve, round % 7));
const bearer = (token: unknown) => ({ authorization: `Bearer ${token}` });

async function byApi(
  stack: Stack,
  kakao: Kakao,
  { id, headers }: { readonly id: string; readonly headers: Readonly<Record<string, string>> },
): Promise<Answer> {
  return signInWith(stack, `Bearer ${(await kakao.tokens(id)).access_token}`, headers);
}

describe('at the same time', () => {
  test('a login by the API and a withdrawal: nobody is left behind', async ({
    stack,
    kakao,
    person,
    database,
  }) => {
    for (let round = 0; round < rounds; round += 1) {
      const first = await byApi(stack, kakao, { id: person.id, headers: from(1) });
      expect(first.status).toBe(200);
      const { access_token } = await kakao.tokens(person.id);
      const headers = bearer(first.json()['access_token']);
      const [login, left] = await Promise.all([
        signInWith(stack, `Bearer ${access_token}`, from(1)),
        pause(round).then(() => send(`${stack.appUrl}/api/me`, { method: 'DELETE', headers })),
      ]);
      expect(left.status).toBe(204);
      expect([200, 403, 404]).toContain(login.status);
      expect(database.users(person.id), `round ${round}: ${login.text}`).toEqual([]);
    }
  });

  test('a login in a browser and a withdrawal: nobody is left behind', async ({
    stack,
    person,
    database,
  }) => {
    for (let round = 0; round < rounds; round += 1) {
      const leaver = new Visitor(stack, from(2));
      await leaver.logIn(person.id);
      const other = new Visitor(stack, from(2));
      const callback = await other.agree(await other.begin(), person.id);
      const [login, left] = await Promise.all([
        other.send(callback),
        pause(round).then(() =>
          leaver.send('/api/me', { method: 'DELETE', headers: { origin: stack.appUrl } }),
        ),
      ]);
      expect(left.status).toBe(204);
      expect(login.headers.location).toMatch(/^\/account$|^\/login\?error=(expired|kakao_rejected)$/);
      expect(database.users(person.id), `round ${round}: ${login.headers.location}`).toEqual([]);
    }
  });

  test('a login and a block: the block', async ({ stack, kakao, database }) => {
    for (let round = 0; round < rounds; round += 1) {
      const { id } = await kakao.addPerson();
      await byApi(stack, kakao, { id, headers: from(3) });
      const { access_token } = await kakao.tokens(id);
      const [login] = await Promise.all([
        signInWith(stack, `Bearer ${access_token}`, from(3)),
        pause(round).then(() => database.block(id)),
      ]);
      expect([200, 403]).toContain(login.status);
      const me = await send(`${stack.appUrl}/api/me`, { headers: bearer(login.json()['access_token']) });
      expect(me.status, `round ${round}`).toBe(401);
    }
  });

  test('an export and an unlink notice: all of the data, or none', async ({ stack, kakao, person }) => {
    await kakao.sendWebhooksTo(stack.appUrl);
    for (let round = 0; round < rounds; round += 1) {
      const headers = bearer(
        (await byApi(stack, kakao, { id: person.id, headers: from(4) })).json()['access_token'],
      );
      const [data, [notice]] = await Promise.all([
        send(`${stack.appUrl}/api/me/export`, { headers }),
        pause(round).then(() => kakao.fire({ kind: 'unlink', userId: person.id })),
      ]);
      expect([notice?.status, [200, 401].includes(data.status)], data.text).toEqual([200, true]);
      if (data.status === 200)
        expect(data.json()).toMatchObject({ user: { kakaoId: person.id }, sessions: [{}] });
    }
  });
});
