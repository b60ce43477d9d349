import { assertSameOrigin, readForm } from '@/lib/http/request';
import { route, seeOther } from '@/lib/http/route';
import { safePagePath } from '@/lib/login/return-to';
import { wiring } from '@/lib/server/wiring';

/** The language switch: keeps the choice for a year and goes back to the same page. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async () => seeOther('/'),
  POST: async (request) => {
    assertSameOrigin(request.headers);
    const form = await readForm(request);
    const lang = form.get('lang') === 'en' ? 'en' : 'ko';
    const { cookies } = await wiring();
    return seeOther(safePagePath(form.get('returnTo')), [cookies.language.set(lang)]);
  },
});
