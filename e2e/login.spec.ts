import type { Page } from '@playwright/test';
import type { Kakao, Person } from '../tests/stack/kakao';
import { Visitor } from '../tests/stack/visitor';
import { text } from '../tests/stack/words';
import {
  agree,
  choosePerson,
  expectAccount,
  expectFailure,
  goToKakao,
  logIn,
  passKakao,
  pressKakaoButton,
} from './support/steps';
import { expect, test } from './support/test';

const { login, account, home } = text('ko');

test.describe('a login that does not happen', () => {
  test('cancelling at Kakao ends on a calm message, and trying again works', async ({ page, person }) => {
    await goToKakao(page);
    await choosePerson(page, person);
    await page.getByTestId('cancel').click();
    await expectFailure(page, 'cancelled');
    await expect(page.getByRole('alert').filter({ hasText: login.failures.cancelled.title })).toHaveCount(0);
    await pressKakaoButton(page);
    await agree(page);
    await expectAccount(page, person.nickname);
  });

  test('cancelling before an account is chosen is the same', async ({ page }) => {
    await goToKakao(page);
    await page.getByTestId('cancel').click();
    await expectFailure(page, 'cancelled');
  });

  test('what Kakao says about the reason is not repeated', async ({ page }) => {
    await goToKakao(page);
    await page.getByTestId('cancel').click();
    await expectFailure(page, 'cancelled');
    expect(page.url()).not.toContain('denied');
    expect(await page.content()).not.toContain('User denied access');
  });

  test('the account page sends a guest to the login page and takes the person back afterwards', async ({
    page,
    person,
  }) => {
    await page.goto('/account');
    await expect(page).toHaveURL(
      (url) => url.pathname === '/login' && url.searchParams.get('returnTo') === '/account',
    );
    await pressKakaoButton(page);
    await passKakao(page, person);
    await expectAccount(page, person.nickname);
  });

  test('a used callback address is expired for a signed-out browser, and Kakao is not asked', async ({
    page,
    context,
    kakao,
    person,
  }) => {
    const callback = await logInAndKeepCallback(page, kakao, person);
    await context.clearCookies();
    const before = await kakao.exchanges();
    await page.goto(callback);
    await expectFailure(page, 'expired');
    expect(await kakao.exchanges()).toBe(before);
  });
});

test.describe('a first login', () => {
  test('leads from the button through consent to the account page', async ({ page, person, database }) => {
    await goToKakao(page);
    await choosePerson(page, person);
    await expect(page.getByRole('checkbox')).toHaveCount(3);
    await agree(page);
    await expectAccount(page, person.nickname);
    await expect(page.getByRole('main')).toContainText(person.id);
    await expect(page.getByRole('main')).toContainText(account.emailNotAgreed);
    expect(database.users(person.id)).toMatchObject([{ nickname: person.nickname, email: null }]);
  });

  test('with consent to everything shows the e-mail and the picture', async ({ page, person }) => {
    await goToKakao(page);
    await choosePerson(page, person);
    await page.getByTestId('agree-all').click();
    await expectAccount(page, person.nickname);
    await expect(page.getByRole('main').getByText(person.email)).toBeVisible();
    await expect(page.getByRole('img', { name: account.picture(person.nickname) })).toBeVisible();
    const picture = page.locator('main img');
    await expect(picture).toHaveAttribute('src', /^\/account\/picture\?v=/);
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(640);
  });

  test('works from the front page too', async ({ page, person }) => {
    await page.goto('/');
    await page.getByRole('link', { name: home.start }).click();
    await pressKakaoButton(page);
    await passKakao(page, person);
    await expectAccount(page, person.nickname);
  });

  test('leaves only cookies that scripts and other sites cannot use, and no flow', async ({
    page,
    context,
    person,
    stack,
  }) => {
    await logIn(page, person);
    const cookies = (await context.cookies()).filter(({ name }) => name !== 'kakao_emulator_account');
    const own = { httpOnly: true, sameSite: 'Lax', path: '/', domain: 'localhost' };
    expect(cookies.sort((a, b) => a.name.localeCompare(b.name))).toMatchObject([
      { name: `recent-${stack.port}`, value: '1', ...own },
      { name: `session-${stack.port}`, ...own },
    ]);
  });

  test('survives a double click on the consent button', async ({ page, person, database }) => {
    await goToKakao(page);
    await choosePerson(page, person);
    await page.getByTestId('agree').dblclick();
    await expectAccount(page, person.nickname);
    expect(database.users(person.id)).toHaveLength(1);
    expect(database.sessions(person.id).filter(({ revokedAt }) => revokedAt === null)).toHaveLength(1);
  });

  test('survives a double click on the Kakao button', async ({ page, person }) => {
    await page.goto('/login');
    await page.getByRole('button', { name: login.kakaoButton }).dblclick();
    await passKakao(page, person);
    await expectAccount(page, person.nickname);
  });

  test('works on a phone in Korean and in the dark', async ({ page, person }, testInfo) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: 'dark' });
    const photograph = async (name: string) => {
      await testInfo.attach(name, {
        body: await page.screenshot({ fullPage: true }),
        contentType: 'image/png',
      });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${name} needs no scrolling sideways`).toBeLessThanOrEqual(0);
    };
    await page.goto('/');
    await photograph('front page');
    await page.goto('/login');
    await photograph('login');
    await pressKakaoButton(page);
    await choosePerson(page, person);
    await page.getByTestId('cancel').click();
    await expectFailure(page, 'cancelled');
    await photograph('cancelled');
    await pressKakaoButton(page);
    await agree(page);
    await expectAccount(page, person.nickname);
    await photograph('account');
  });
});

test.describe('a later login', () => {
  test('needs no consent and brings the nickname that changed at Kakao', async ({
    page,
    kakao,
    person,
    database,
  }) => {
    await logIn(page, person);
    await kakao.change(person, { nickname: '바뀐 이름' });
    await goToKakao(page);
    await expect(page).toHaveURL('/account');
    // With an ID token the profile is fetched after the answer.
    await expect.poll(() => database.users(person.id)).toMatchObject([{ nickname: '바뀐 이름' }]);
    await page.reload();
    await expectAccount(page, '바뀐 이름');
  });

  test('takes away what the account no longer has', async ({ page, kakao, person, database }) => {
    await kakao.approveNext(person);
    await goToKakao(page);
    await expectAccount(page, person.nickname);
    expect(database.users(person.id)).toMatchObject([{ email: person.email }]);
    await kakao.change(person, { email: null });
    await goToKakao(page);
    await expectAccount(page, person.nickname);
    await expect.poll(() => database.users(person.id)).toMatchObject([{ email: null }]);
  });

  test('ends the session that the browser had before', async ({ page, person, database }) => {
    await logIn(page, person);
    await goToKakao(page);
    await expectAccount(page, person.nickname);
    expect(database.sessions(person.id)).toMatchObject([{ revokedReason: 'replaced' }, { revokedAt: null }]);
  });

  test('offers another account, although one is signed in at Kakao', async ({ page, person, stranger }) => {
    await logIn(page, person);
    await page.goto('/login');
    await expect(page.getByRole('main')).toContainText(person.nickname);
    await page.getByRole('button', { name: login.anotherAccount }).click();
    await passKakao(page, stranger);
    await expectAccount(page, stranger.nickname);
  });

  test('works after Kakao has changed its signing key', async ({ page, kakao, person }) => {
    await logIn(page, person);
    await kakao.rotateKeys();
    await goToKakao(page);
    await expectAccount(page, person.nickname);
  });
});

test.describe('going back and repeating', () => {
  test('a repeated callback address leads to the account page, without a second exchange or session', async ({
    page,
    kakao,
    person,
    database,
  }) => {
    const callback = await logInAndKeepCallback(page, kakao, person);
    const before = await kakao.exchanges();
    await page.goto(callback);
    await expectAccount(page, person.nickname);
    await page.reload();
    await expectAccount(page, person.nickname);
    expect(await kakao.exchanges()).toBe(before);
    expect(database.sessions(person.id)).toMatchObject([{ revokedAt: null }]);
  });

  test('a repeated callback leads to where its flow was going', async ({ person, visitor }) => {
    const callback = await visitor.logIn(person.id, { returnTo: '/?from=flow' });
    const { status, headers } = await visitor.send(callback);
    expect({ status, location: headers.location }).toEqual({ status: 303, location: '/?from=flow' });
  });

  test('a callback that arrives twice at once is exchanged once, and both arrivals get the same session', async ({
    kakao,
    person,
    visitor,
    database,
  }) => {
    const callback = await visitor.agree(await visitor.begin(), person.id);
    const answers = await Promise.all([
      visitor.send(callback),
      visitor.send(callback),
      visitor.send(callback),
    ]);
    expect(answers.map(({ headers }) => headers.location)).toEqual(['/account', '/account', '/account']);
    const sessions = answers.flatMap(({ setCookies }) =>
      setCookies.filter((line) => line.startsWith('session-')),
    );
    expect(new Set(sessions.map((line) => line.split(';')[0])).size).toBe(1);
    expect(await kakao.exchanges()).toBe(1);
    expect(database.sessions(person.id)).toHaveLength(1);
  });

  test('the back button after a login shows that the person is logged in', async ({
    page,
    kakao,
    person,
  }) => {
    await kakao.approveNext(person);
    await goToKakao(page);
    await expectAccount(page, person.nickname);
    await page.goBack();
    await expect(page).toHaveURL('/login');
    await page.getByRole('link', { name: login.continueAs(person.nickname) }).click();
    await expectAccount(page, person.nickname);
  });

  test('agreeing a second time on a page that was still open leads to the account page', async ({
    page,
    person,
    stack,
  }) => {
    const browser = new Visitor(stack);
    const flow = await browser.begin();
    await browser.send(await browser.agree(flow, person.id));
    for (const [name, value] of browser.cookies) {
      await page.context().addCookies([{ name, value, url: stack.appUrl, httpOnly: true, sameSite: 'Lax' }]);
    }
    await page.goto(await browser.agree(flow, person.id));
    await expectAccount(page, person.nickname);
  });
});

async function logInAndKeepCallback(page: Page, kakao: Kakao, person: Person): Promise<string> {
  await kakao.approveNext(person);
  const callback = page.waitForRequest((request) => new URL(request.url()).pathname === '/login/callback');
  await goToKakao(page);
  await expectAccount(page, person.nickname);
  return (await callback).url();
}
