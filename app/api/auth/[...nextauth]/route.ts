import { assertSameOrigin, readBody } from '@/lib/http/request';
import { route } from '@/lib/http/route';
import { answerNextAuth } from '@/lib/next/next-auth';

/** next-auth's own endpoints, on our session: session, csrf, providers, signout. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  {
    GET: (request) => answerNextAuth(request, null),
    POST: async (request) => {
      assertSameOrigin(request.headers);
      return answerNextAuth(request, await readBody(request));
    },
  },
  { head: false },
);
