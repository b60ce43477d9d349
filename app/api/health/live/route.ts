import { privateJson, route } from '@/lib/http/route';

/** The process answers. Asks nobody else. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async () => privateJson({ status: 'ok' }),
});
