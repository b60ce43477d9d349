import { expect, it } from 'vitest';
import { people, useKakao } from './kakao.ts';

const kakao = useKakao();

/** What is under the path of this address at the emulator. */
async function fetchHere(address: string) {
  const answer = await fetch(kakao.url(new URL(address).pathname));
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, type: answer.headers.get('content-type'), bytes };
}

/** The addresses that `/v2/user/me` has for this person. */
async function addressesOf(user: string) {
  const { access_token } = await kakao.client.tokens.mint({ userId: user, scopes: ['profile_image'] });
  const { json } = await kakao.me(access_token);
  const { profile } = json['kakao_account'] as { profile: Record<string, string> };
  return [profile['thumbnail_image_url'] ?? '', profile['profile_image_url'] ?? ''];
}

it('has no picture of somebody unknown, of another size or at another path', async () => {
  for (const path of [
    '1/img_640x640.jpg',
    `${people.plain}/img_9x9.jpg`,
    `${people.plain}/`,
    '../../account',
  ]) {
    expect((await fetchHere(`https://k.kakaocdn.net/dn/emulator/${path}`)).bytes.subarray(1, 4)).not.toEqual(
      Buffer.from('PNG'),
    );
  }
});

it.each([people.plain, people.defaults])(
  'draws what is at the addresses of %s, and notes no request',
  async (user) => {
    const [small, large] = await addressesOf(user);
    const before = (await kakao.client.requests.list({})).length;
    for (const [address, size] of [
      [small, 110],
      [large, 640],
    ] as const) {
      const { status, type, bytes } = await fetchHere(address ?? '');
      expect([status, type]).toEqual([200, 'image/png']);
      expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
      expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([size, size]);
      expect(bytes.length).toBeLessThan(20_000);
    }
    expect(await kakao.client.requests.list({})).toHaveLength(before);
  },
);
