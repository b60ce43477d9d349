import { limitRate } from '@/lib/http/rate-limit';
import { assertSameOrigin, readForm, readScope } from '@/lib/http/request';
import { route, seeOther } from '@/lib/http/route';
import { begin } from '@/lib/login/begin';
import { safeReturnTo, shortPath } from '@/lib/login/return-to';
import { wiring } from '@/lib/server/wiring';

/** The button: begins a login flow and sends the browser to Kakao. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async () => seeOther('/login'),
  POST: async (request) => {
    assertSameOrigin(request.headers);
    const form = await readForm(request);
    const returnTo = form.get('returnTo');
    const scope = readScope(form, 'scope');
    if (await limitRate('login', request.headers)) {
      const path = encodeURIComponent(shortPath(safeReturnTo(returnTo)));
      return seeOther(`/login?error=too_many_requests&returnTo=${path}`);
    }
    const prompt = (['login', 'select_account'] as const).find((known) => known === form.get('prompt'));
    const cookieHeader = request.headers.get('cookie');
    const begun = begin(await wiring(), { returnTo, prompt, scope, cookieHeader });
    return seeOther(begun.location, begun.setCookies);
  },
});
