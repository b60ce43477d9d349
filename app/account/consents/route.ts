import { withdrawConsent } from '@/lib/account/consents';
import { limitPerson } from '@/lib/http/rate-limit';
import { assertSameOrigin, deviceOf, readForm, readScope } from '@/lib/http/request';
import { route, seeOther } from '@/lib/http/route';
import { viewerOfRequest } from '@/lib/http/viewer';
import { wiring } from '@/lib/server/wiring';

/** Takes one consent (form field `item`) back at Kakao; the account page says how it went. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async () => seeOther('/account#consents'),
  POST: async (request) => {
    assertSameOrigin(request.headers);
    const [item = ''] = readScope(await readForm(request), 'item');
    const viewer = await viewerOfRequest(request);
    if (!viewer) return seeOther('/login?returnTo=/account');
    if (await limitPerson('consent', viewer.user.id)) {
      return seeOther('/account?consent=too_many_requests#consents');
    }
    const asked = { item, device: deviceOf(request.headers) };
    const outcome = await withdrawConsent(await wiring(), viewer.user, asked);
    return seeOther(`/account?consent=${outcome}#consents`);
  },
});
