import type { Reply } from '../server/reply.ts';

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** A refusal of the control API (RFC 9457), naming the member of the body that is wrong. */
export function problem(status: number, detail: string, field?: string): Reply {
  const title = titles[status] ?? 'Error';
  return {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
    json: { type: 'about:blank', title, status, detail, field },
  };
}
