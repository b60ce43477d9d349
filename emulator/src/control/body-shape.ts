import { isRecord, type JsonObject, named, readJsonObject } from '../server/json.ts';
import type { Reply } from '../server/reply.ts';
import { problem } from './problem.ts';

/** What one member must be: `test` decides, `must` says it in words, `schema` says it in JSON Schema, as far as that can. */
export interface Rule {
  readonly must: string;
  readonly test: (value: unknown) => boolean;
  readonly schema: JsonObject;
}

/** The members that a body may have. */
export type Shape = Readonly<Record<string, Rule>>;

export const text: Rule = {
  must: 'be a text',
  test: (value) => typeof value === 'string',
  schema: { type: 'string' },
};
export const flag: Rule = {
  must: 'be true or false',
  test: (value) => typeof value === 'boolean',
  schema: { type: 'boolean' },
};
export const anyObject: Rule = { must: 'be an object', test: isRecord, schema: { type: 'object' } };
export const texts = listOf(text);
/** As Kakao's ids are, a signed number of 64 bits. */
const digits = textLike(/^[1-9]\d{0,18}$/, 'be a user id: 1 to 19 digits, as a text');
export const userId: Rule = { ...digits, test: (id) => digits.test(id) && BigInt(String(id)) < 2n ** 63n };

/** A text of this form. */
export function textLike(form: RegExp, must: string): Rule {
  const test = (value: unknown) => typeof value === 'string' && form.test(value);
  return { must, test, schema: { type: 'string', pattern: form.source } };
}

/** A whole number within bounds. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): Rule {
  const test = (value: unknown) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
  const schema = { type: 'integer', minimum: least, maximum: most };
  return { must: `be a whole number from ${least} to ${most}`, test, schema };
}

/** A list of such values. */
export function listOf(rule: Rule): Rule {
  const test = (value: unknown) => Array.isArray(value) && value.every(rule.test);
  return {
    must: `be a list where each must ${rule.must}`,
    test,
    schema: { type: 'array', items: rule.schema },
  };
}

/** One of the given values. */
export function oneOf(...values: readonly (string | number | boolean | null)[]): Rule {
  return {
    must: `be one of ${values.map((value) => JSON.stringify(value)).join(', ')}`,
    test: (it) => values.some((value) => value === it),
    schema: { enum: values },
  };
}

/** What the rule allows, or `null`. */
export function orNull(rule: Rule): Rule {
  return {
    must: `${rule.must}, or null`,
    test: (value) => value === null || rule.test(value),
    schema: { anyOf: [rule.schema, { type: 'null' }] },
  };
}

/**
 * Reads a JSON object whose members all keep to the shape and which has all `required` ones; `T` is the type that the
 * shape describes. An empty body is an empty object. Answers 400 with a problem that names the member otherwise.
 */
export function readBody<T extends object>(
  body: string,
  shape: Shape,
  required: readonly (keyof T & string)[] = [],
): T | Reply {
  const value = body.trim() === '' ? {} : readJsonObject(body);
  if (!value) return problem(400, 'the body must be a JSON object');
  return shapeProblem(value, shape, required) ?? (value as T);
}

/** The first thing wrong with an object, as a problem; `prefix` goes before the names of members. */
export function shapeProblem(
  value: Readonly<Record<string, unknown>>,
  shape: Shape,
  required: readonly string[] = [],
  prefix = '',
): Reply | undefined {
  const missing = required.find((name) => value[name] === undefined);
  if (missing !== undefined) return problem(400, `${prefix}${missing} is missing`, prefix + missing);
  for (const [name, member] of Object.entries(value)) {
    const rule = named(shape, name);
    if (!rule) return problem(400, `${prefix}${name} is unknown`, prefix + name);
    if (!rule.test(member)) return problem(400, `${prefix}${name} must ${rule.must}`, prefix + name);
  }
  return undefined;
}

/** Whether this is an object whose members all keep to the shape. */
export function keepsTo(shape: Shape, value: unknown): boolean {
  return isRecord(value) && !shapeProblem(value, shape);
}

/** Whether `readBody` refused. */
export function isProblem(value: object): value is Reply {
  return 'headers' in value && 'status' in value && 'json' in value;
}
