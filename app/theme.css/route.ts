import { route } from '@/lib/http/route';
import { themeResponse } from '@/lib/http/theme';

/** The colours of `kakao-login.config.ts`, for pages and for what stands in for them. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async (request) => themeResponse(new URL(request.url).searchParams.get('v')),
});
