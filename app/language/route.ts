import { assertSameOrigin, readForm } from '@/lib/http/request';
import { route, seeOther } from '@/lib/http/route';
import { safePagePath } from '@/lib/login/return-to';
import { env } from '@/lib/server/env';

/** The language switch: keeps the choice for a year and goes back to the same page. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async () => seeOther('/'),
  POST: async (request) => {
    assertSameOrigin(request.headers);
    const form = await readForm(request);
    const lang = form.get('lang') === 'en' ? 'en' : 'ko';
    const secure = env().origin.startsWith('https:') ? '; Secure' : '';
    const cookie = `lang=${lang}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax${secure}`;
    return seeOther(safePagePath(form.get('returnTo')), [cookie]);
  },
});
