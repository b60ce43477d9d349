import { assertSameOrigin, deviceOf, readForm } from '@/lib/http/request';
import { route, seeOther } from '@/lib/http/route';
import { viewerOfCookie } from '@/lib/http/viewer';
import { endOtherSessions, endSession } from '@/lib/login/sessions';
import { wiring } from '@/lib/server/wiring';

/** Ends one session (form field `id`), or all but this one (`others=1`); the account page says how it went. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async () => seeOther('/account#sessions'),
  POST: async (request) => {
    assertSameOrigin(request.headers);
    const form = await readForm(request);
    const viewer = await viewerOfCookie(request.headers);
    if (!viewer) return seeOther('/login?returnTo=/account');
    const device = deviceOf(request.headers);
    if (form.get('others') === '1') {
      await endOtherSessions(await wiring(), viewer, device);
      return seeOther('/account?session=others_ended#sessions');
    }
    const ended = await endSession(await wiring(), viewer, { id: form.get('id') ?? '', device });
    return seeOther(`/account?session=${ended ? 'ended' : 'not_found'}#sessions`);
  },
});
