import { Problem } from '@/lib/problem';
import { privateJson, route } from '@/lib/route';
import { userJson } from '@/lib/user-json';
import { viewerOfRequest } from '@/lib/viewer';

/** Who is signed in: by cookie, or by our own token in `Authorization: Bearer`. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async (request) => {
    const viewer = await viewerOfRequest(request);
    if (!viewer) throw new Problem('UNAUTHENTICATED', 'Sign in, or send a valid token of this service.');
    return privateJson(userJson(viewer.user));
  },
});
