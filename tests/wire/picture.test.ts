import { Visitor } from '../stack/visitor';
import { expect, test } from './support/test';

/** The address of the picture that the account page shows, or `null`. */
async function pictureOf(visitor: Visitor): Promise<string | null> {
  const page = await visitor.send('/account');
  expect(page.status).toBe(200);
  return /<img[^>]* src="([^"]*)"/.exec(page.text)?.[1] ?? null;
}

const fields = ['content-type', 'cache-control', 'x-content-type-options'] as const;

test('a picture is for its own person alone', async ({ stack, visitor, person, stranger }) => {
  expect((await visitor.send('/account/picture')).status).toBe(401);
  await visitor.logIn(person.id);
  const other = new Visitor(stack);
  await other.logIn(stranger.id);
  const [mine, theirs] = [await pictureOf(visitor), await pictureOf(other)];
  expect(mine).toMatch(/^\/account\/picture\?v=[0-9a-f]{12}$/);
  expect(theirs).not.toBe(mine);
  const [own, byOther] = [await visitor.send(mine ?? ''), await other.send(mine ?? '')];
  expect([own.status, byOther.status]).toEqual([200, 200]);
  // Whoever asks is answered with their own, whatever the address says, and no cache gives it to somebody else.
  expect(byOther.text).toBe((await other.send(theirs ?? '')).text);
  expect(own.headers['vary']).toContain('cookie');
  await visitor.post('/logout');
  expect((await visitor.send(mine ?? '')).status).toBe(401);
});

test('it comes from here, is kept by the browser alone, and is nothing but a picture', async ({
  visitor,
  person,
}) => {
  await visitor.logIn(person.id);
  const answer = await visitor.send((await pictureOf(visitor)) ?? '');
  expect(fields.map((name) => answer.headers[name])).toEqual([
    'image/png',
    'private, max-age=3600',
    'nosniff',
  ]);
  expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
  expect(answer.text).toContain('IHDR');
});

test('without a picture there is none to ask for', async ({ kakao, visitor }) => {
  const person = await kakao.addPerson({ declines: ['profile_image'] });
  await visitor.logIn(person.id);
  expect(await pictureOf(visitor)).toBeNull();
  const answer = await visitor.send('/account/picture');
  expect([answer.status, answer.headers['cache-control']]).toEqual([404, 'private, no-store']);
});

test('Kakao is asked for a person’s picture a few times a minute, not more', async ({
  stack,
  visitor,
  person,
  stranger,
}) => {
  await visitor.logIn(person.id);
  const statuses: number[] = [];
  for (let count = 0; count < 12; count += 1) {
    statuses.push((await visitor.send('/account/picture')).status);
  }
  expect(statuses).toEqual([...Array<number>(10).fill(200), 429, 429]);
  const other = new Visitor(stack);
  await other.logIn(stranger.id);
  expect((await other.send('/account/picture')).status).toBe(200);
});
