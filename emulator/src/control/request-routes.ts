import { listed, the } from './answers.ts';
import { watchLog } from './live-requests.ts';
import { type ControlRoutes, operation } from './operation.ts';
import { filterCriteria } from './request-filter.ts';
import { archiveLog, clearLog, showLog } from './requests.ts';
import { waitForRequest } from './wait-for-request.ts';

const query = { ...filterCriteria, secrets: '"shown" for tokens, codes and secrets as they are' };

/** The request log. */
export const requestRoutes: ControlRoutes = {
  requests: {
    GET: operation(showLog, 'The last 500 requests, oldest first', {
      query,
      answer: listed('requests', 'LoggedRequest'),
    }),
    DELETE: operation(clearLog, 'Forgets all requests'),
  },
  'requests.har': {
    GET: operation(archiveLog, 'The same as an HTTP Archive 1.2', { query, answer: { type: 'object' } }),
  },
  'requests/wait': {
    GET: operation(waitForRequest, 'The first request that fits, as soon as it is answered', {
      query: { ...query, timeoutMs: 'how long to wait, default 5000' },
      answer: the('LoggedRequest'),
    }),
  },
  'requests/live': {
    GET: operation(watchLog, 'Requests as they are answered, as server-sent events', {
      query,
      answer: { type: 'string' },
      answerType: 'text/event-stream',
    }),
  },
};
