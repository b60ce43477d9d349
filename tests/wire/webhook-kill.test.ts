import { Database } from '../stack/database';
import { type Kakao, kakaoOf, type Person } from '../stack/kakao';
import { type Stack, startStack } from '../stack/servers';
import { Visitor } from '../stack/visitor';
import { expect, test } from './support/test';

interface Prepared {
  readonly stack: Stack;
  readonly kakao: Kakao;
  readonly person: Person;
  readonly visitor: Visitor;
}

/** Somebody who is signed in at a stack of their own, and a Kakao that is about to say something about them. */
async function signedIn(stack: Stack): Promise<Prepared> {
  const kakao = kakaoOf(stack);
  await kakao.sendWebhooksTo(stack.appUrl);
  const person = await kakao.addPerson();
  const visitor = new Visitor(stack);
  await visitor.logIn(person.id);
  await kakao.settled();
  return { stack, kakao, person, visitor };
}

test('what Kakao was told is on disk survives kill -9 right after the answer', async () => {
  const { stack, stop, killApp, restartApp } = await startStack();
  try {
    const { kakao, person, visitor } = await signedIn(stack);
    const [attempt] = await kakao.fire({ userId: person.id, event: 'credential-compromise' });
    await killApp();
    expect(attempt?.status).toBe(202);
    expect(new Database(stack.databaseFile).sessions(person.id)).toMatchObject([
      { revokedReason: 'kakao_event' },
    ]);
    await restartApp();
    expect(await visitor.whoAmI()).toBeNull();
    await visitor.logIn(person.id);
    const [notice] = await kakao.fire({ kind: 'unlink', userId: person.id });
    await killApp();
    expect(notice?.status).toBe(200);
    expect(new Database(stack.databaseFile).users(person.id)).toEqual([]);
    await restartApp();
    expect(await visitor.whoAmI()).toBeNull();
  } finally {
    await stop();
  }
}, 120_000);
