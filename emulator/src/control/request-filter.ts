import { named } from '../server/json.ts';
import type { Reply } from '../server/reply.ts';
import type { LoggedRequest } from '../world/request-log.ts';
import { problem } from './problem.ts';

/** Whether a noted request is one of those asked for. */
export type RequestFilter = (entry: LoggedRequest) => boolean;

interface Criterion {
  readonly must: string;
  readonly form: RegExp;
  readonly test: (entry: LoggedRequest, value: string) => boolean;
}

const criteria: Readonly<Record<string, Criterion>> = {
  path: { must: 'be a path', form: /^\//, test: ({ path }, value) => path === value },
  method: { must: 'be a method', form: /^[A-Z]+$/i, test: ({ method }, it) => method === it.toUpperCase() },
  status: { must: 'be a status such as 401 or 4xx', form: /^(0|[1-5](\d\d|xx))$/, test: hasStatus },
  code: { must: 'be a code such as KOE320 or -401', form: /^(KOE\d{3}|-\d+)$/, test: hasCode },
  since: { must: 'be the id of a request', form: /^\d{1,15}$/, test: ({ id }, value) => id > Number(value) },
};

/** The criteria with what their values must be, for those who ask. */
export const filterCriteria: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(criteria).map(([name, { must }]) => [name, `must ${must}`]),
);

/** Parameters that a path of the request log takes beside the criteria. */
const secrets = { must: 'be "shown"', form: /^shown$/ };

/**
 * Reads `path method status code since` from a query, all of which have to fit; `more` names further parameters with
 * the form of their values. Answers 400 for anything else.
 */
export function readFilter(
  query: URLSearchParams,
  more: Readonly<Record<string, Pick<Criterion, 'must' | 'form'>>> = {},
): RequestFilter | Reply {
  const wanted: RequestFilter[] = [];
  for (const [name, value] of query) {
    const rule = named(criteria, name) ?? named({ secrets, ...more }, name);
    if (!rule) return problem(400, `${name} is unknown`, name);
    if (!rule.form.test(value)) return problem(400, `${name} must ${rule.must}`, name);
    const test = named(criteria, name)?.test;
    if (test) wanted.push((entry) => test(entry, value));
  }
  return (entry) => wanted.every((fits) => fits(entry));
}

function hasStatus({ status }: LoggedRequest, value: string): boolean {
  return value.endsWith('xx') ? Math.floor(status / 100) === Number(value[0]) : status === Number(value);
}

function hasCode({ code }: LoggedRequest, value: string): boolean {
  return String(code) === value;
}
