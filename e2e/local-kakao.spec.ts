import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { Visitor } from '../tests/stack/visitor';
import { choosePerson } from './support/steps';
import { expect, test } from './support/test';

type Scene = Pick<Parameters<Parameters<typeof test>[2]>[0], 'page' | 'stack' | 'kakao' | 'person'>;

/** The pages of the local Kakao, and how to get there. */
const pages: Readonly<Record<string, (scene: Scene) => Promise<unknown>>> = {
  landing: ({ page, stack }) => page.goto(stack.kakaoUrl),
  'account picker': async ({ page, stack }) => page.goto((await begin(stack)).href),
  'new account': async ({ page, stack }) => page.goto((await begin(stack, { prompt: 'create' })).href),
  consent: async ({ page, stack, person }) => {
    await page.goto((await begin(stack)).href);
    await choosePerson(page, person);
  },
  'KOE page': async ({ page, stack }) =>
    page.goto((await begin(stack, { redirect_uri: `${stack.appUrl}/login/callback/` })).href),
  'choice of an account': ({ page, stack }) => page.goto(`${stack.kakaoUrl}/account`),
  account: async ({ page, stack, person }) => {
    await new Visitor(stack).logIn(person.id);
    await page.goto(`${stack.kakaoUrl}/account`);
    await choosePerson(page, person);
  },
  'log-out': async ({ page, stack, person }) => {
    await page.goto(`${stack.kakaoUrl}/account`);
    await choosePerson(page, person);
    const query = new URLSearchParams({
      client_id: stack.kakaoEnv['KAKAO_CLIENT_ID'] ?? '',
      logout_redirect_uri: `${stack.appUrl}/login`,
    });
    await page.goto(`${stack.kakaoUrl}/oauth/logout?${query}`);
  },
  inspector: async ({ page, stack, kakao, person }) => {
    await kakao.fault('/v2/user/me', { kakao: -10, always: true });
    await kakao.approveNext(person);
    for (const token of ['x', 'undefined']) {
      await fetch(`${stack.kakaoUrl}/v2/user/me`, { headers: { authorization: `Bearer ${token}` } });
    }
    await page.goto(`${stack.kakaoUrl}/__emulator/inspector`);
    await page.evaluate(() => {
      for (const part of document.querySelectorAll('details')) part.open = true;
    });
  },
};

/** The address of Kakao's page for a login, with other parameters. */
async function begin(stack: Scene['stack'], changes: Readonly<Record<string, string>> = {}): Promise<URL> {
  const url = new URL((await new Visitor(stack).begin()).authorizeUrl);
  for (const [name, value] of Object.entries(changes)) url.searchParams.set(name, value);
  return url;
}

/** Each scheme at one width, and in the other language at the other. */
const looks = {
  'ko-KR': [
    [360, 'light'],
    [1280, 'dark'],
  ],
  'en-US': [
    [360, 'dark'],
    [1280, 'light'],
  ],
} as const;

for (const locale of ['ko-KR', 'en-US'] as const) {
  test.describe(`the local Kakao, ${locale}`, () => {
    test.use({ locale });

    for (const [name, open] of Object.entries(pages)) {
      test(`${name}: large enough for a thumb, nothing for axe, no way sideways`, async ({
        page,
        stack,
        kakao,
        person,
      }) => {
        test.slow();
        await open({ page, stack, kakao, person });
        for (const [width, colorScheme] of looks[locale]) {
          await page.setViewportSize({ width, height: 800 });
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          expect(await smallTargets(page), `${width} px`).toEqual([]);
          const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(sideways, `${width} px`).toBeLessThanOrEqual(0);
          const { violations } = await new AxeBuilder({ page }).analyze();
          expect(violations, `${width} px, ${colorScheme}`).toEqual([]);
        }
      });
    }
  });
}

/** What can be pressed and is less than 44 pixels high or wide; a box that is ticked counts with its label. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const controls = document.querySelectorAll<HTMLElement>(
      'a, button, select, summary, input:not([type=hidden])',
    );
    return [...controls].flatMap((control) => {
      const target = control.matches('[type=checkbox], [type=radio]') ? control.closest('label') : control;
      const { width, height } = (target ?? control).getBoundingClientRect();
      const isShown = control.checkVisibility() && width > 0;
      return isShown && Math.min(width, height) < 44
        ? [`${control.outerHTML.slice(0, 120)} ${width}×${height}`]
        : [];
    });
  });
}
