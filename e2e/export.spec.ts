import { readFileSync } from 'node:fs';
import { text } from '../tests/stack/words';
import { expectAccount, signIn } from './support/steps';
import { expect, test } from './support/test';

const { personalData, login } = text('ko');

test('nobody’s data is given to somebody without a session', async ({ visitor }) => {
  const answer = await visitor.send('/api/me/export', { headers: { 'sec-fetch-site': 'same-origin' } });
  expect([answer.status, answer.json()]).toMatchObject([401, { message: 'UNAUTHENTICATED' }]);
});

test('somebody whose session has ended meanwhile is asked to log in, and comes to the account page', async ({
  page,
  person,
  kakao,
  visitor,
}) => {
  await signIn(page, kakao, person);
  await visitor.logIn(person.id);
  await visitor.post('/account/sessions', { others: '1' });
  await page.getByRole('link', { name: personalData.json }).click();
  await expect(page).toHaveURL('/login?returnTo=/account');
  await kakao.approveNext(person);
  await page.getByRole('button', { name: login.kakaoButton }).click();
  await expectAccount(page, person.nickname);
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('a person’s data is downloaded, opened and complete', async ({ page, person, kakao }) => {
      await signIn(page, kakao, person);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: personalData.json }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(/^login-starter-\d{4}-\d\d-\d\d\.json$/);
      expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toMatchObject({
        user: { kakaoId: person.id, nickname: person.nickname },
        sessions: [{ userAgent: expect.stringContaining('Chrome') }],
        securityEvents: [{ kind: 'login' }, { kind: 'export' }],
        consents: expect.arrayContaining([expect.objectContaining({ id: 'profile_nickname', agreed: true })]),
      });
    });

    test('the table for spreadsheets holds the same person', async ({ page, person, kakao }) => {
      await signIn(page, kakao, person);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: personalData.csv }).click(),
      ]);
      const table = readFileSync(await download.path(), 'utf8');
      const [header = '', , user = ''] = table.slice(1).split('\r\n');
      const at = header.split(',').indexOf('"kakaoId"');
      expect(user.split(',')[0]).toBe('"user"');
      expect(user.split(',')[at]).toBe(`"${person.id}"`);
    });
  });
}
