import type { Kakao, Person } from '../tests/stack/kakao';
import { text } from '../tests/stack/words';
import { expectAccount, goToKakao, logIn, passKakao, pressKakaoButton } from './support/steps';
import { expect, test } from './support/test';

const userAgent =
  'Mozilla/5.0 (Linux; Android 14; SM-S918N; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/141.0.0.0 Mobile Safari/537.36;KAKAOTALK 2410810';

test.use({ userAgent, javaScriptEnabled: false, viewport: { width: 360, height: 740 } });

const { login, logout, home, site } = text('ko');
const attempts = async (kakao: Kakao) => (await kakao.requests('/oauth/authorize')).length;

test('a guest whom Kakao does not know stays a guest, after one attempt and without a word', async ({
  page,
  kakao,
}) => {
  await page.goto('/');
  await expect(page).toHaveURL('/');
  await expect(page.getByRole('heading', { level: 1, name: home.welcome(site.name) })).toBeVisible();
  expect(await attempts(kakao)).toBe(1);
  await page.reload();
  await page.goto('/login?returnTo=%2F%3Fcart%3D9');
  await expect(page).toHaveURL('/login?returnTo=%2F%3Fcart%3D9');
  await expect(page.getByRole('heading', { level: 1, name: login.title })).toBeVisible();
  await expect(page.locator('[data-login-error]')).toHaveCount(0);
  expect(await attempts(kakao)).toBe(1);
});

test('the button works after a silent attempt that came to nothing, and still knows where to go', async ({
  page,
  person,
}) => {
  await goToKakao(page, '/login?returnTo=%2F%3Fcart%3D9');
  await passKakao(page, person);
  await expect(page).toHaveURL('/?cart=9');
  await expect(page.getByRole('banner').getByText(person.nickname)).toBeVisible();
});

test('somebody who is linked is logged in without a tap, on the front page and on the login page', async ({
  page,
  person,
}) => {
  await logIn(page, person);
  for (const [path, arrival] of [
    ['/', '/'],
    ['/login?returnTo=%2F%3Fcart%3D9', '/?cart=9'],
    ['/account', '/account'],
  ] as const) {
    await forgetVisit(page);
    await page.goto(path);
    await expect(page).toHaveURL(arrival);
    await expect(page.getByRole('banner').getByText(person.nickname)).toBeVisible();
  }
});

test('whoever logs out stays logged out', async ({ page, person, kakao }) => {
  await logIn(page, person);
  await forgetVisit(page, /^silent-/);
  const before = await attempts(kakao);
  await page.getByRole('button', { name: logout.here, exact: true }).click();
  await expect(page).toHaveURL('/login');
  await page.goto('/');
  await expect(page.getByRole('banner').getByRole('link', { name: login.title, exact: true })).toBeVisible();
  expect(await attempts(kakao)).toBe(before);
});

test('a failure is shown as it is, without another attempt', async ({ page, kakao }) => {
  await page.goto('/login?error=cancelled');
  await expect(page.locator('[data-login-error]')).toBeVisible();
  expect(await attempts(kakao)).toBe(0);
});

test('only a navigation of KakaoTalk’s browser begins one', async ({ visitor, stack, kakao }) => {
  const silent = '/login/silent?page=login&returnTo=%2F%3Fcart%3D9';
  for (const headers of [
    {},
    { 'user-agent': 'facebookexternalhit/1.1; kakaotalk-scrap/1.0' },
    { 'user-agent': userAgent, 'sec-fetch-mode': 'no-cors' },
    { 'user-agent': userAgent, cookie: `silent-${stack.port}=1` },
  ]) {
    const answer = await visitor.send(silent, { headers });
    expect([answer.status, answer.headers.location]).toEqual([303, '/login?returnTo=%2F%3Fcart%3D9']);
    visitor.cookies.clear();
  }
  const begun = await visitor.send(silent, { headers: { 'user-agent': userAgent } });
  const location = new URL(begun.headers.location ?? '');
  expect(location.origin).toBe(stack.kakaoUrl);
  expect(location.searchParams.get('prompt')).toBe('none');
  expect((await visitor.send(silent, { method: 'HEAD' })).status).toBe(405);
  expect(await attempts(kakao)).toBe(0);
});

test('a login that comes back in another browser says so and can be started again with the same aim', async ({
  page,
  visitor,
  person,
  kakao,
}) => {
  const flow = await visitor.begin({ returnTo: '/?cart=9' });
  await page.goto(await visitor.agree(flow, person.id));
  await expect(page.getByRole('heading', { level: 1, name: login.failures.expired.title })).toBeVisible();
  expect(await kakao.exchanges()).toBe(0);
  await kakao.approveNext(person);
  await pressKakaoButton(page);
  await expect(page).toHaveURL('/?cart=9');
});

test('a person whom KakaoTalk logs in sees their account', async ({ page, person, kakao }) => {
  await linked(page, kakao, person);
  await forgetVisit(page);
  await page.goto('/account');
  await expectAccount(page, person.nickname);
});

async function linked(page: Parameters<typeof logIn>[0], kakao: Kakao, person: Person): Promise<void> {
  await kakao.approveNext(person);
  await goToKakao(page);
  await expect(page).toHaveURL('/account');
}

/** As in a new visit: these cookies of the app are gone, the person is still logged in at Kakao. */
async function forgetVisit(page: Parameters<typeof logIn>[0], name = /^(silent|session)-/): Promise<void> {
  await page.context().clearCookies({ name });
}
