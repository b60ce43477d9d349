import { sessionJson } from '@/lib/http/json-views';
import { Problem } from '@/lib/http/problem';
import { deviceOf } from '@/lib/http/request';
import { noContent, privateJson, route } from '@/lib/http/route';
import { requireViewerOfChange, requireViewerOfRequest } from '@/lib/http/viewer';
import { endOtherSessions, listSessions } from '@/lib/login/sessions';
import { wiring } from '@/lib/server/wiring';

/** Where the person is signed in; `DELETE` with `?others=1` ends all of that but the session that asks. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async (request) => {
    const viewer = await requireViewerOfRequest(request);
    return privateJson((await listSessions(await wiring(), viewer)).map(sessionJson));
  },
  DELETE: async (request) => {
    const viewer = await requireViewerOfChange(request);
    if (new URL(request.url).searchParams.get('others') !== '1') {
      throw new Problem('INVALID_REQUEST', 'Say ?others=1 to end all sessions but this one.');
    }
    await endOtherSessions(await wiring(), viewer, deviceOf(request.headers));
    return noContent();
  },
});
