import type { Person } from '../tests/stack/kakao';
import { text } from '../tests/stack/words';
import { agree, choosePerson, expectAccount, expectFailure, goToKakao, signIn } from './support/steps';
import { expect, test } from './support/test';

test.describe('a victim who opens the callback address of an attacker’s fresh login', () => {
  test('with an empty browser is told that the login is not from there; no code is exchanged', async ({
    page,
    kakao,
    stranger,
    visitor,
  }) => {
    const bait = await visitor.agree(await visitor.begin(), stranger.id);
    await page.goto(bait);
    await expectFailure(page, 'expired');
    expect((await page.request.get('/api/me')).status()).toBe(401);
    expect(await kakao.exchanges()).toBe(0);
  });

  test('in the middle of the own login is told the same and can still finish that login', async ({
    page,
    kakao,
    person,
    stranger,
    visitor,
  }) => {
    const bait = await visitor.agree(await visitor.begin(), stranger.id);
    await goToKakao(page);
    await choosePerson(page, person);
    const otherTab = await page.context().newPage();
    await otherTab.goto(bait);
    await expectFailure(otherTab, 'expired');
    expect(await kakao.exchanges()).toBe(0);
    await agree(page);
    await expectAccount(page, person.nickname);
  });

  test('while logged in stays who they are; no code is exchanged', async ({
    page,
    kakao,
    person,
    stranger,
    visitor,
  }) => {
    await signIn(page, kakao, person);
    const before = await kakao.exchanges();
    const bait = await visitor.agree(
      await visitor.begin({ returnTo: '/?chosen=by-the-attacker' }),
      stranger.id,
    );
    await page.goto(bait);
    await expectAccount(page, person.nickname);
    expect(await kakao.exchanges()).toBe(before);
  });

  test('after the attacker has used it stays who they are and goes where they would have gone', async ({
    page,
    person,
    kakao,
    stranger,
    visitor,
  }) => {
    await signIn(page, kakao, person);
    const bait = await visitor.logIn(stranger.id, { returnTo: '/?chosen=by-the-attacker' });
    await page.goto(bait);
    await expectAccount(page, person.nickname);
  });
});

test('a form on a foreign page logs nobody out', async ({ page, person, kakao, stack }) => {
  await signIn(page, kakao, person);
  const trap = `<form method="post" action="${stack.appUrl}/logout"><button>free gift</button></form>`;
  await page.route('https://e.com/', (route) => route.fulfill({ contentType: 'text/html', body: trap }));
  await page.goto('https://e.com/');
  const answer = page.waitForResponse(`${stack.appUrl}/logout`);
  await page.getByRole('button', { name: 'free gift' }).click();
  expect((await answer).status()).toBe(403);
  await page.goto('/account');
  await expectAccount(page, person.nickname);
});

test('a nickname with markup is text and nothing else', async ({ page, kakao }) => {
  const nickname = '<img src=x onerror="document.title=1"><script>document.title=2</script>&amp;';
  const person: Person = await kakao.addPerson({ nickname });
  await kakao.approveNext(person);
  await goToKakao(page);
  await expectAccount(page, nickname);
  await expect(page).toHaveTitle(new RegExp(text('ko').account.title));
  await expect(page.locator('main img[src="x"], main script')).toHaveCount(0);
});
