import type { Page } from '@playwright/test';
import { Visitor } from '../tests/stack/visitor';
import { text } from '../tests/stack/words';
import { expectAccount, logIn, openAccount, signIn } from './support/steps';
import { expect, test } from './support/test';

const { login, logout } = text('ko');

test('logging out without a session is no error', async ({ visitor }) => {
  const answer = await visitor.post('/logout');
  expect([answer.status, answer.headers.location]).toEqual([303, '/login']);
});

test('logging out needs a post: a link to it changes nothing', async ({ page, person, kakao }) => {
  await signIn(page, kakao, person);
  await page.goto('/logout');
  await expectAccount(page, person.nickname);
});

test('logging out here ends this session: its cookie is refused from then on', async ({
  page,
  person,
  kakao,
  stack,
  database,
}) => {
  await signIn(page, kakao, person);
  const saved = await savedCookie(page);
  await page.getByRole('button', { name: logout.here, exact: true }).click();
  await expect(page).toHaveURL('/login');
  await expect(page.getByRole('heading', { level: 1, name: login.title })).toBeVisible();
  expect((await page.context().cookies()).filter(({ name }) => name.startsWith('session-'))).toEqual([]);
  const thief = new Visitor(stack);
  thief.session = saved;
  expect((await thief.send('/api/me')).status).toBe(401);
  expect((await thief.send('/account')).status).toBe(303);
  expect(database.sessions(person.id)).toMatchObject([{ revokedReason: 'signed_out' }]);
});

test('logging out here leaves other devices alone', async ({ page, person, kakao, visitor }) => {
  await signIn(page, kakao, person);
  await visitor.logIn(person.id);
  await page.getByRole('button', { name: logout.here, exact: true }).click();
  await expect(page).toHaveURL('/login');
  expect(await visitor.whoAmI()).toBe(person.id);
});

test('the back button after logging out does not show the account page', async ({ page, person, kakao }) => {
  await signIn(page, kakao, person);
  await page.getByRole('button', { name: logout.here, exact: true }).click();
  await expect(page).toHaveURL('/login');
  await page.goBack();
  await expect(page).toHaveURL((url) => url.pathname === '/login');
  await expect(page.getByText(person.nickname)).toHaveCount(0);
});

test('logging out everywhere ends the session of another browser at its next click', async ({
  page,
  browser,
  person,
  kakao,
  stack,
  database,
}) => {
  const elsewhere = await browser.newContext({ baseURL: stack.appUrl, locale: 'ko-KR' });
  const laptop = await elsewhere.newPage();
  await signIn(page, kakao, person);
  await laptop.goto('/login');
  await laptop.getByRole('button', { name: login.kakaoButton }).click();
  await laptop.getByRole('button', { name: person.nickname }).click();
  await expectAccount(laptop, person.nickname);
  await page.getByRole('button', { name: logout.everywhere }).click();
  await expect(page).toHaveURL('/login');
  await openAccount(laptop);
  await expect(laptop).toHaveURL((url) => url.pathname === '/login');
  expect(database.sessions(person.id)).toMatchObject([
    { revokedReason: 'signed_out_everywhere' },
    { revokedReason: 'signed_out_everywhere' },
  ]);
  await elsewhere.close();
});

test('logging out everywhere ends nobody else’s session', async ({ person, stranger, visitor, stack }) => {
  const other = new Visitor(stack);
  await other.logIn(stranger.id);
  await visitor.logIn(person.id);
  await visitor.post('/logout', { everywhere: '1' });
  expect(await other.whoAmI()).toBe(stranger.id);
});

test('logging out at Kakao as well ends the session first and then goes to Kakao', async ({
  person,
  visitor,
  stack,
}) => {
  await visitor.logIn(person.id);
  const saved = visitor.session;
  const answer = await visitor.post('/logout', { kakao: '1' });
  const location = new URL(answer.headers.location ?? '');
  expect(answer.status).toBe(303);
  expect(location.origin + location.pathname).toBe(`${stack.kakaoUrl}/oauth/logout`);
  expect(Object.fromEntries(location.searchParams)).toEqual({
    client_id: stack.kakaoEnv['KAKAO_CLIENT_ID'],
    logout_redirect_uri: `${stack.appUrl}/login`,
    state: expect.stringMatching(/^.{20,}$/),
  });
  visitor.session = saved;
  expect(await visitor.whoAmI()).toBeNull();
});

for (const choice of ['account', 'service'] as const) {
  test(`logging out together with the Kakao Account comes back and says so, after ${choice}`, async ({
    page,
    person,
    kakao,
    stack,
  }) => {
    await kakao.changeApp({ logoutRedirectUris: [`${stack.appUrl}/login`] });
    await logIn(page, person);
    await page.getByRole('button', { name: logout.withKakao }).click();
    await page.getByTestId(`logout-${choice}`).click();
    await expect(page).toHaveURL((url) => url.pathname === '/login');
    await expect(page.getByRole('status')).toContainText(logout.outcomes.with_kakao.title);
    await expect(page.getByRole('status')).toContainText(logout.outcomes.with_kakao.hint);
    await page.goto('/account');
    await expect(page).toHaveURL((url) => url.pathname === '/login');
  });
}

for (const reach of ['here', 'everywhere'] as const) {
  test(`logging out ${reach} says so`, async ({ page, person }) => {
    await logIn(page, person);
    await page.getByRole('button', { name: logout[reach] }).click();
    await expect(page.getByRole('status')).toContainText(logout.outcomes[reach].title);
    await expect(page.getByRole('status')).toContainText(logout.outcomes[reach].hint);
  });
}

test('nobody is told that they are logged out by a state that is not theirs', async ({ page }) => {
  for (const query of ['?state=made-up', '?state=', '']) {
    await page.goto(`/login${query}`);
    await expect(page.locator('[data-logged-out]')).toHaveCount(0);
  }
});

async function savedCookie(page: Page): Promise<string> {
  const cookies = await page.context().cookies();
  return cookies.find(({ name }) => name.startsWith('session-'))?.value ?? '';
}
