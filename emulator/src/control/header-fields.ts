import { isRecord } from '../server/json.ts';
import type { Rule } from './body-shape.ts';

/** The value of a header field (RFC 9110 5.5), of visible ASCII characters, spaces and tabs. */
export const headerValue: Rule = {
  must: 'be a text of ASCII characters without line breaks',
  test: (value) => typeof value === 'string' && /^[\t -~]*$/.test(value),
  schema: { type: 'string', pattern: '^[\\t -~]*$' },
};

/** Header fields by name. */
export const headers: Rule = {
  must: 'be an object of header names and texts',
  test: (value) =>
    isRecord(value) &&
    Object.entries(value).every(([name, it]) => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && headerValue.test(it)),
  schema: { type: 'object', additionalProperties: headerValue.schema },
};
