import { assertSameOrigin, readBody } from '@/lib/http/request';
import { route } from '@/lib/http/route';
import { answerSessionEndpoint } from '@/lib/http/session-endpoints';

/** What next-auth's client asks of our session: session, csrf, providers, signin, signout. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  {
    GET: (request) => answerSessionEndpoint(request),
    POST: async (request) => {
      assertSameOrigin(request.headers);
      return answerSessionEndpoint(request, await readBody(request));
    },
  },
  { head: false },
);
