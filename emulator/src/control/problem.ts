import type { Reply } from '../server/reply.ts';
import { answered, component, type Flaw, partial, text } from './schema.ts';

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

/** A refusal of the control API, thrown where it is found; `field` is the invalid member of the body. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly field: string | undefined;

  constructor(status: number, detail: string, field?: string) {
    super(detail);
    this.status = status;
    this.field = field;
  }
}

/** A problem document (RFC 9457). */
export const problemDocument = component(
  'Problem',
  partial(
    { type: text, title: text, status: answered<number>({ type: 'integer' }), detail: text, field: text },
    'title',
    'status',
    'detail',
  ),
);

/** The answer to a refusal; throws anything else again. */
export function problemReply(error: unknown): Reply {
  if (error instanceof Problem) return problem(error.status, error.message, error.field);
  throw error;
}

/** A problem document as an answer. */
export function problem(status: number, detail: string, field?: string): Reply {
  const title = titles[status] ?? 'Error';
  return {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
    json: { type: 'about:blank', title, status, detail, field },
  };
}

/** Throws a `Problem` for an invalid body. */
export function refuse(flaw: Flaw | undefined): void {
  if (flaw) throw new Problem(400, flaw.reason, flaw.path);
}
