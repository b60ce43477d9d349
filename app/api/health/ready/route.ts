import { pingDatabase } from '@/lib/db/client';
import { privateJson, route } from '@/lib/http/route';
import { isDraining } from '@/lib/server/draining';
import { describeError, logEvent } from '@/lib/server/log';
import { countDatabaseError } from '@/lib/server/metrics';
import { wiring } from '@/lib/server/wiring';

/** Whether to send requests here: the database answers and we are not shutting down. Kakao does not count. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async () => {
    if (isDraining()) return unready('draining');
    try {
      await pingDatabase((await wiring()).db);
      return privateJson({ status: 'ok' });
    } catch (error) {
      countDatabaseError(error);
      logEvent('error', 'database.unavailable', { error: describeError(error) });
      return unready('database');
    }
  },
});

function unready(reason: string): Response {
  return privateJson({ status: 'unavailable', reason }, { status: 503 });
}
