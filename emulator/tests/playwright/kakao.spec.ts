import { test as base, expect } from '@playwright/test';
import { type KakaoFixture, kakaoFixtures } from '../../src/playwright.ts';

const test = base.extend<KakaoFixture>(
  kakaoFixtures(process.env['KAKAO_URL'] ? { url: process.env['KAKAO_URL'] } : {}),
);

test.describe.configure({ mode: 'serial' });

test('a test changes its Kakao', async ({ kakao }) => {
  await kakao.users.change('3900000001', { nickname: '바뀐이름' });
  expect((await kakao.users.list())[0]?.nickname).toBe('바뀐이름');
});

test('the next one has another', async ({ kakao }) => {
  expect((await kakao.users.list())[0]?.nickname).toBe('서윤');
});
