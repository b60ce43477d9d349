import { AxeBuilder } from '@axe-core/playwright';
import { olderToken } from '../tests/stack/forged-token';
import { send } from '../tests/stack/http';
import { Visitor } from '../tests/stack/visitor';
import { text } from '../tests/stack/words';
import { agree, expectAccount, logIn, signIn } from './support/steps';
import { expect, test } from './support/test';

const { leave, login, site } = text('ko');
const minute = 60_000;

test.beforeEach(({ kakao, stack }) => kakao.sendWebhooksTo(stack.appUrl));

test.describe('leaving is refused', () => {
  test('to a request from another site, and nothing happens', async ({ person, visitor }) => {
    await visitor.logIn(person.id);
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    for (const headers of [foreign, {}]) {
      const answers = [
        await visitor.send('/api/me', { method: 'DELETE', headers }),
        await visitor.send('/account/withdrawal', { method: 'POST', headers }),
      ];
      for (const answer of answers) {
        expect([answer.status, answer.json()['message']]).toEqual([403, 'CROSS_ORIGIN']);
      }
    }
    expect(await visitor.whoAmI()).toBe(person.id);
  });

  test('to a guest', async ({ visitor, stack }) => {
    const answer = await visitor.send('/api/me', { method: 'DELETE', headers: { origin: stack.appUrl } });
    expect([answer.status, answer.json()['message']]).toEqual([401, 'UNAUTHENTICATED']);
    const bearer = { authorization: 'Bearer nonsense' };
    expect((await send(`${stack.appUrl}/api/me`, { method: 'DELETE', headers: bearer })).status).toBe(401);
    const form = await visitor.post('/account/withdrawal');
    expect([form.status, form.headers.location]).toEqual([303, '/login?returnTo=/account/leave']);
    expect((await visitor.send('/account/leave')).headers.location).toBe('/login?returnTo=/account/leave');
  });

  test('to a link: only a form can do it', async ({ person, visitor }) => {
    await visitor.logIn(person.id);
    const answer = await visitor.send('/account/withdrawal');
    expect([answer.status, answer.headers.location]).toEqual([303, '/account/leave']);
    expect(await visitor.whoAmI()).toBe(person.id);
  });

  test('to a login of more than ten minutes ago', async ({ person, visitor, stack }) => {
    await visitor.logIn(person.id);
    visitor.session = await olderToken(visitor.session, stack.secret, 11 * minute);
    const answer = await visitor.post('/account/withdrawal');
    expect([answer.status, answer.headers.location]).toEqual([303, '/account/leave/confirm']);
    expect(await visitor.whoAmI()).toBe(person.id);
  });
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('two screens lead out, and back in to a new account', async ({ page, person, kakao, database }) => {
      await logIn(page, person);
      const before = database.users(person.id)[0]?.id;
      await page.getByRole('link', { name: leave.open }).click();
      await expect(page.getByRole('heading', { level: 1, name: leave.title })).toBeVisible();
      for (const item of [...leave.erasedItems, ...leave.keptItems]) {
        await expect(page.getByText(item)).toBeVisible();
      }
      await page.getByRole('link', { name: leave.continue }).click();
      await page.getByRole('button', { name: leave.confirm }).click();
      await expect(page.getByRole('heading', { level: 1, name: leave.goodbyeTitle })).toBeVisible();
      await expect(page.getByText(leave.goodbyeStates.unlinked)).toBeVisible();
      await expect(page.getByRole('link', { name: site.login, exact: true })).toBeVisible();
      expect([database.users(person.id), database.pendingUnlinks(person.id)]).toEqual([[], 0]);
      expect(await kakao.isLinked(person)).toBe(false);
      await kakao.settled();
      await page.goto('/account');
      await expect(page).toHaveURL('/login?returnTo=/account');
      await page.getByRole('button', { name: login.kakaoButton }).click();
      await agree(page);
      await expectAccount(page, person.nickname);
      expect(database.users(person.id)[0]?.id).not.toBe(before);
    });

    test('nobody has to leave: both screens lead back', async ({ page, person, kakao }) => {
      await signIn(page, kakao, person);
      for (const path of ['/account/leave', '/account/leave/confirm']) {
        await page.goto(path);
        await page.getByRole('link', { name: leave.stay }).click();
        await expectAccount(page, person.nickname);
      }
    });
  });
}

test('the buttons that lead out weigh no less than those that lead back', async ({ page, person, kakao }) => {
  await signIn(page, kakao, person);
  await page.goto('/account/leave/confirm');
  const look = (element: Element) => {
    const { width, height } = element.getBoundingClientRect();
    const { color, backgroundColor, fontSize, fontWeight } = getComputedStyle(element);
    return { width: Math.round(width), height, color, backgroundColor, fontSize, fontWeight };
  };
  const stay = await page.getByRole('link', { name: leave.stay }).evaluate(look);
  expect(await page.getByRole('button', { name: leave.confirm }).evaluate(look)).toEqual(stay);
});

test('an old login is repeated first, and comes back to the question', async ({
  page,
  person,
  visitor,
  stack,
}) => {
  await visitor.logIn(person.id);
  const value = await olderToken(visitor.session, stack.secret, 11 * minute);
  await page.context().addCookies([{ name: `session-${stack.port}`, value, url: stack.appUrl }]);
  await page.goto('/account/leave/confirm');
  await expect(page.getByRole('heading', { level: 1, name: leave.loginTitle })).toBeVisible();
  await page.getByRole('button', { name: login.kakaoButton }).click();
  await expect(page).toHaveURL((url) => url.searchParams.get('prompt') === 'login');
  await page.getByRole('button', { name: person.nickname }).click();
  await expect(page).toHaveURL('/account/leave/confirm');
  await expect(page.getByRole('button', { name: leave.confirm })).toBeVisible();
});

test('leaving while Kakao is down is said plainly, and made up for when Kakao is back', async ({
  page,
  person,
  kakao,
  database,
}) => {
  await signIn(page, kakao, person);
  await kakao.fault('/v1/user/unlink', { status: 503, always: true });
  await page.goto('/account/leave/confirm');
  await page.getByRole('button', { name: leave.confirm }).click();
  await expect(page.getByText(leave.goodbyeStates.waiting)).toBeVisible();
  expect([database.users(person.id), database.pendingUnlinks(person.id)]).toEqual([[], 1]);
  expect(await kakao.isLinked(person)).toBe(true);
  await kakao.clearFaults();
  await expect.poll(() => database.pendingUnlinks(person.id), { timeout: 30_000 }).toBe(0);
  expect(await kakao.isLinked(person)).toBe(false);
});

test('DELETE /api/me by our own token, and by cookie', async ({ person, visitor, stack, kakao }) => {
  await visitor.logIn(person.id);
  const other = new Visitor(stack);
  await other.logIn(person.id);
  const authorization = `Bearer ${other.session}`;
  const byToken = await send(`${stack.appUrl}/api/me`, { method: 'DELETE', headers: { authorization } });
  expect([byToken.status, byToken.text, byToken.setCookies]).toEqual([204, '', []]);
  expect(await visitor.whoAmI()).toBeNull();
  expect(await kakao.isLinked(person)).toBe(false);
  await visitor.logIn(person.id);
  const headers = { origin: stack.appUrl };
  expect((await visitor.send('/api/me', { method: 'DELETE', headers })).status).toBe(204);
  expect(visitor.session).toBe('');
});

test('pressing the last button twice says goodbye twice', async ({ person, visitor }) => {
  await visitor.logIn(person.id);
  const session = visitor.session;
  expect((await visitor.post('/account/withdrawal')).headers.location).toBe('/goodbye?kakao=unlinked');
  visitor.session = session;
  expect((await visitor.post('/account/withdrawal')).headers.location).toBe('/goodbye');
});

for (const [locale, scheme, width] of [
  ['ko-KR', 'light', 360],
  ['en-US', 'dark', 1280],
] as const) {
  test(`the way out has no barriers (${locale}, ${scheme}, ${width})`, async ({ browser, stack, person }) => {
    const options = { baseURL: stack.appUrl, locale, colorScheme: scheme, viewport: { width, height: 800 } };
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const visitor = new Visitor(stack);
    await visitor.logIn(person.id);
    const old = await olderToken(visitor.session, stack.secret, 11 * minute);
    for (const [path, value] of [
      ['/account/leave', visitor.session],
      ['/account/leave/confirm', visitor.session],
      ['/account/leave/confirm', old],
      ['/goodbye?kakao=waiting', ''],
    ] as const) {
      await context.addCookies([{ name: `session-${stack.port}`, value, url: stack.appUrl }]);
      await page.goto(path);
      expect((await new AxeBuilder({ page }).analyze()).violations, path).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    await context.close();
  });
}
