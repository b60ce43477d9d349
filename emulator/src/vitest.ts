/**
 * A Kakao for every test of Vitest.
 *
 *     const test = base.extend(kakaoFixtures({ url: 'http://localhost:4000' }));
 *     test('a login', async ({ kakao }) => { await kakao.autoApprove.add({ userId: '3900000001' }); });
 */
import type { ControlClient } from './client.ts';
import { type FixtureOptions, withKakao } from './fixtures.ts';

/** For `test.extend`: the fixture `kakao`, a client of a namespace (or an emulator) that lives as long as the test. */
export function kakaoFixtures(options: FixtureOptions = {}) {
  return {
    // Vitest reads from the pattern which other fixtures this one needs: none.
    // biome-ignore lint/correctness/noEmptyPattern: the pattern is what says so
    kakao: async ({}, use: (kakao: ControlClient) => Promise<void>) => withKakao(options, use),
  };
}
