import { logIn } from './support/steps';
import { expect, test } from './support/test';

test('연결 끊기 at Kakao’s account page signs the person out here within two seconds', async ({
  page,
  kakao,
  person,
  stack,
  database,
}) => {
  await kakao.sendWebhooksTo(stack.appUrl);
  await logIn(page, person);
  await kakao.settled();
  await page.goto(`${stack.kakaoUrl}/account`);
  await page.getByTestId(`disconnect-${stack.kakaoEnv['KAKAO_APP_ID']}`).click();
  await expect(page.getByTestId('notice')).toBeVisible();
  await expect.poll(() => database.users(person.id), { timeout: 2_000, intervals: [50] }).toEqual([]);
  await page.goto('/account');
  await expect(page).toHaveURL('/login?returnTo=/account');
});
