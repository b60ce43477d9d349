import type { FailureCode } from '../lib/text';
import { text } from '../tests/stack/words';
import { expectFailure } from './support/steps';
import { expect, test } from './support/test';

const codes = Object.keys(text('ko').login.failures) as FailureCode[];

for (const locale of ['ko', 'en'] as const) {
  test.describe(`in ${locale === 'ko' ? 'Korean' : 'English'}`, () => {
    test.use({ locale: locale === 'ko' ? 'ko-KR' : 'en-US' });

    test('every failure is shown with its sentences, and its heading has the focus', async ({
      page,
      context,
      stack,
    }) => {
      for (const code of codes) {
        const cookie = { name: `failure-${stack.port}`, value: `${code}..0a1b2c3d`, url: stack.appUrl };
        await context.addCookies([cookie]);
        await page.goto(`/login?error=${code}`);
        await expectFailure(page, code, locale);
        await expect(page).toHaveTitle(new RegExp(text(locale).login.failures[code].title));
        await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
        await expect(page.getByText(`${text(locale).login.supportCode} 0a1b2c3d`)).toBeVisible();
      }
    });
  });
}
