import { endSession } from '@/lib/login/sessions';
import { Problem } from '@/lib/problem';
import { deviceOf } from '@/lib/request';
import { noContent, route } from '@/lib/route';
import { clearedSessionCookie } from '@/lib/session-cookie';
import { requireViewerOfChange } from '@/lib/viewer';
import { wiring } from '@/lib/wiring';

/** Ends one of the person's sessions, by the `id` in the list. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  DELETE: async (request) => {
    const viewer = await requireViewerOfChange(request);
    const id = new URL(request.url).pathname.split('/').at(-1) ?? '';
    const ended = await endSession(await wiring(), viewer, id, deviceOf(request.headers));
    if (!ended) throw new Problem('NOT_FOUND', 'You have no session of this id: ask for the list again.');
    return noContent(id === viewer.sessionId ? [clearedSessionCookie()] : []);
  },
});
