import { text } from '../tests/stack/words';
import { choosePerson, expectAccount, goToKakao } from './support/steps';
import { test } from './support/test';

const { account } = text('ko');

test('somebody who has connected the app before is not asked for consent', async ({ page }) => {
  await goToKakao(page);
  await page.getByTestId('persona-3900000002').click();
  await expectAccount(page, '나리');
});

test('an account made on the way at Kakao logs in', async ({ page, kakao }) => {
  const person = await kakao.addPerson({
    nickname: null,
    description: { ko: '이름 없는 사람', en: 'Nobody' },
  });
  await goToKakao(page);
  await choosePerson(page, { ...person, nickname: '이름 없는 사람' });
  await page.getByTestId('agree-all').click();
  await expectAccount(page, account.noNickname);
});
