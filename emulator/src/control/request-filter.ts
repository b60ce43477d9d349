import { named } from '../json.ts';
import type { LoggedRequest } from '../world/request-log.ts';
import { Problem } from './problem.ts';

/** The query of the request log; an entry has to match all of it. */
export interface RequestQuery {
  readonly path?: string;
  readonly method?: string;
  /** `401`, or `4xx`. */
  readonly status?: number | string;
  readonly code?: string | number;
  /** Only requests with a greater id. */
  readonly since?: number;
  readonly secrets?: 'shown';
}

/** Whether a logged request matches. */
export type RequestFilter = (entry: LoggedRequest) => boolean;

/** A parameter with the form of its values. */
export interface Parameter {
  readonly must: string;
  readonly form: RegExp;
}

interface Criterion extends Parameter {
  readonly test: (entry: LoggedRequest, value: string) => boolean;
}

const criteria: Readonly<Record<Exclude<keyof RequestQuery, 'secrets'>, Criterion>> = {
  path: { must: 'be a path', form: /^\//, test: ({ path }, value) => path === value },
  method: { must: 'be a method', form: /^[A-Z]+$/i, test: ({ method }, it) => method === it.toUpperCase() },
  status: { must: 'be a status such as 401 or 4xx', form: /^(0|[1-5](\d\d|xx))$/, test: hasStatus },
  code: { must: 'be a code such as KOE320 or -401', form: /^(KOE\d{3}|-\d+)$/, test: hasCode },
  since: { must: 'be the id of a request', form: /^\d{1,15}$/, test: ({ id }, value) => id > Number(value) },
};
const secrets: Parameter = { must: 'be "shown"', form: /^shown$/ };

/** Its parameters, with what they do. */
export const requestQuery: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(criteria).map(([name, { must }]) => [name, `must ${must}`])),
  secrets: '"shown" for tokens, codes and secrets as they are',
};

/** Reads such a query, which may have `more` parameters. Throws a `Problem` for anything else. */
export function readFilter(
  query: URLSearchParams,
  more: Readonly<Record<string, Parameter>> = {},
): RequestFilter {
  const wanted: RequestFilter[] = [];
  for (const [name, value] of query) {
    const criterion = named<Criterion>(criteria, name);
    const parameter = criterion ?? named({ secrets, ...more }, name);
    if (!parameter) throw new Problem(400, `${name} is unknown`, name);
    if (!parameter.form.test(value)) throw new Problem(400, `${name} must ${parameter.must}`, name);
    if (criterion) wanted.push((entry) => criterion.test(entry, value));
  }
  return (entry) => wanted.every((fits) => fits(entry));
}

function hasStatus({ status }: LoggedRequest, value: string): boolean {
  return value.endsWith('xx') ? Math.floor(status / 100) === Number(value[0]) : status === Number(value);
}

function hasCode({ code }: LoggedRequest, value: string): boolean {
  return String(code) === value;
}
