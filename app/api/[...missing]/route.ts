import { Problem } from '@/lib/http/problem';
import { route } from '@/lib/http/route';

const notFound = async (): Promise<Response> => {
  throw new Problem('NOT_FOUND', 'Check the path: there is no such endpoint.');
};

/** Everything under /api that does not exist. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: notFound,
  POST: notFound,
  PUT: notFound,
  PATCH: notFound,
  DELETE: notFound,
});
