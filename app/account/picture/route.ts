import { Problem } from '@/lib/http/problem';
import { assertPersonWithinRate } from '@/lib/http/rate-limit';
import { route } from '@/lib/http/route';
import { viewerOfCookie } from '@/lib/http/viewer';
import { fetchPicture } from '@/lib/kakao/picture';
import { env } from '@/lib/server/env';

/** The picture of whoever is signed in, fetched from Kakao, so that no page of ours asks another host for anything. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  {
    GET: async ({ headers }) => {
      const viewer = await viewerOfCookie(headers);
      if (!viewer) throw new Problem('UNAUTHENTICATED', 'Sign in to see your picture.');
      const { id, profileImageUrl } = viewer.user;
      if (profileImageUrl === null) throw noPicture();
      await assertPersonWithinRate('picture', id);
      const { localKakao, kakao } = env();
      const picture = await fetchPicture(profileImageUrl, localKakao ? kakao.apiOrigin : null);
      if (!picture) throw noPicture();
      return new Response(picture.bytes, {
        headers: {
          'content-type': picture.type,
          'cache-control': 'private, max-age=3600',
          vary: 'cookie',
          'cross-origin-resource-policy': 'same-origin',
        },
      });
    },
  },
  { head: false },
);

function noPicture(): Problem {
  return new Problem('NOT_FOUND', 'Show the first letter of the name instead.');
}
