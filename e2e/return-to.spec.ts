import { choosePerson, expectAccount, expectFailure, goToKakao, pressKakaoButton } from './support/steps';
import { expect, test } from './support/test';

test('a browser that follows a hostile link stays here and arrives at the account page', async ({
  page,
  person,
  stack,
}) => {
  const seen = new Set<string>();
  page.on('request', (request) => seen.add(new URL(request.url()).origin));
  await goToKakao(page, `/login?returnTo=${encodeURIComponent('/\\e.com')}`);
  await choosePerson(page, person);
  await page.getByTestId('agree').click();
  await expectAccount(page, person.nickname);
  expect([...seen].sort()).toEqual([stack.appUrl, stack.kakaoUrl].sort());
});

test('the page that was asked for is kept through cancelling and trying again', async ({ page, person }) => {
  await goToKakao(page, '/login?returnTo=%2F%3Fcart%3D7');
  await choosePerson(page, person);
  await page.getByTestId('cancel').click();
  await expectFailure(page, 'cancelled');
  await pressKakaoButton(page);
  await page.getByTestId('agree').click();
  await expect(page).toHaveURL('/?cart=7');
});

test('the page that was asked for is kept through a failure at Kakao and a change of language', async ({
  page,
  person,
  kakao,
}) => {
  await kakao.fault('/oauth/token', { kakao: 'KOE320' });
  await goToKakao(page, '/login?returnTo=%2F%3Fcart%3D8');
  await choosePerson(page, person);
  await page.getByTestId('agree').click();
  await expectFailure(page, 'kakao_rejected');
  await page.getByRole('button', { name: 'English' }).click();
  await expectFailure(page, 'kakao_rejected', 'en');
  await pressKakaoButton(page, 'en');
  await page.getByTestId('agree').click();
  await expect(page).toHaveURL('/?cart=8');
});
