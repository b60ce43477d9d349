import { Problem } from '@/lib/http/problem';
import { deviceOf } from '@/lib/http/request';
import { noContent, route } from '@/lib/http/route';
import { requireViewerOfChange } from '@/lib/http/viewer';
import { endSession } from '@/lib/login/sessions';
import { wiring } from '@/lib/server/wiring';

/** Ends one of the person's sessions, by the `id` in the list. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  DELETE: async (request) => {
    const viewer = await requireViewerOfChange(request);
    const id = new URL(request.url).pathname.split('/').at(-1) ?? '';
    const deps = await wiring();
    const ended = await endSession(deps, viewer, { id, device: deviceOf(request.headers) });
    if (!ended) throw new Problem('NOT_FOUND', 'You have no session of this id: ask for the list again.');
    return noContent(id === viewer.sessionId ? [deps.cookies.session.clear()] : []);
  },
});
