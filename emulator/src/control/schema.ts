/**
 * The shapes of the control API and of seed files, each stated once: a schema tests a value, says in words what it must
 * be, is written as JSON Schema, and has a type.
 *
 *     const order = partial({ seconds: whole(0, 60), reason: text }, 'seconds');
 *     type Order = TypeOf<typeof order>; // { readonly seconds: number; readonly reason?: string }
 */
import { isRecord, type JsonObject, named } from '../json.ts';

/** Validates and describes values of type `T`. */
export interface Schema<T = unknown> {
  /** Completes "<member> must …". */
  readonly must: string;
  readonly accepts: (value: unknown) => value is T;
  /** The same in JSON Schema, as far as that can say it. */
  readonly json: JsonObject;
  /** Finds the invalid part of a value; without it the whole value is reported. */
  readonly flaw?: (value: unknown, path: string) => Flaw | undefined;
  /** The schemas that it is made of. */
  readonly parts: readonly Schema[];
  /** Its name in the OpenAPI document, and what stands there; `json` only refers to it. */
  readonly component?: { readonly name: string; readonly json: JsonObject };
}

/** The type of the values that a schema accepts. */
export type TypeOf<S> = S extends Schema<infer T> ? T : never;

/** Schemas by the name of the member. */
export type Members = Readonly<Record<string, Schema>>;

/** Objects with members of these schemas and no others. */
export interface ObjectOf<T> extends Schema<T> {
  readonly members: Members;
  /** The members that must be there. */
  readonly required: readonly string[];
}

/** Objects with the members `M`, of which those named by `R` must be there. */
export interface ObjectSchema<M extends Members, R extends keyof M = keyof M>
  extends ObjectOf<
    Flat<
      { readonly [Name in R]: TypeOf<M[Name]> } & { readonly [Name in Exclude<keyof M, R>]?: TypeOf<M[Name]> }
    >
  > {
  readonly members: M;
}

type Flat<T> = { [Name in keyof T]: T[Name] };

/** What is wrong with a value, and at which member (`users[3].nickname`). */
export interface Flaw {
  readonly path: string;
  readonly reason: string;
}

/** A schema with a test of its own; the type is taken on trust. */
export function schema<T>(must: string, test: (value: unknown) => boolean, json: JsonObject): Schema<T> {
  return { must, accepts: (value): value is T => test(value), json, parts: [] };
}

/** A schema for answers only, which never validates anything. */
export function answered<T>(json: JsonObject): Schema<T> {
  return schema('', () => true, json);
}

export const text = schema<string>('be a text', (value) => typeof value === 'string', { type: 'string' });
export const flag = schema<boolean>('be true or false', (value) => typeof value === 'boolean', {
  type: 'boolean',
});
export const anyObject = schema<Readonly<Record<string, unknown>>>('be an object', isRecord, {
  type: 'object',
});
export const texts = list(text);

/** A text of this form. */
export function textLike(form: RegExp, must: string): Schema<string> {
  const json = { type: 'string', pattern: form.source };
  return schema(must, (value) => typeof value === 'string' && form.test(value), json);
}

/** A whole number within bounds. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): Schema<number> {
  return schema(
    `be a whole number from ${least} to ${most}`,
    (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
    { type: 'integer', minimum: least, maximum: most },
  );
}

/** One of the given values. */
export function oneOf<const V extends string | number | boolean | null>(...values: readonly V[]): Schema<V> {
  return schema(
    `be one of ${values.map((value) => JSON.stringify(value)).join(', ')}`,
    (it) => values.some((value) => value === it),
    { enum: values },
  );
}

/** What the schema accepts, or `null`. */
export function orNull<T>(one: Schema<T>): Schema<T | null> {
  const accepts = (value: unknown) => value === null || one.accepts(value);
  const json = { anyOf: [one.json, { type: 'null' }] };
  return { ...schema(`${one.must}, or null`, accepts, json), parts: [one] };
}

/** A list of such values. */
export function list<T>(item: Schema<T>): Schema<readonly T[]> {
  const accepts = (value: unknown) => Array.isArray(value) && value.every(item.accepts);
  const json = { type: 'array', items: item.json };
  return { ...schema(`be a list where each must ${item.must}`, accepts, json), parts: [item] };
}

/** An object of any names that are allowed, each with such a value. */
export function record<T>(
  must: string,
  value: Schema<T>,
  isName: (name: string) => boolean = () => true,
): Schema<Readonly<Record<string, T>>> {
  const accepts = (it: unknown) =>
    isRecord(it) && Object.entries(it).every(([name, one]) => isName(name) && value.accepts(one));
  return { ...schema(must, accepts, { type: 'object', additionalProperties: value.json }), parts: [value] };
}

/** An object that has all of these members and no others. */
export function object<M extends Members>(members: M, must?: string): ObjectSchema<M> {
  return objectSchema(members, Object.keys(members), must);
}

/** An object that may have these members and no others; those that are named must be there. */
export function partial<M extends Members, R extends keyof M & string = never>(
  members: M,
  ...required: readonly R[]
): ObjectSchema<M, R> {
  return objectSchema(members, required);
}

/** The same schema in other words. */
export function inWords<S extends Schema>(must: string, one: S): S {
  return { ...one, must };
}

/** Objects with further members, of which nothing is said. */
export function open<S extends Schema>(one: S): S {
  return { ...one, json: { ...one.json, additionalProperties: true } };
}

/** The same schema under a name of its own in the OpenAPI document. */
export function component<S extends Schema>(name: string, one: S): S {
  return { ...one, json: { $ref: `#/components/schemas/${name}` }, component: { name, json: one.json } };
}

function objectSchema<M extends Members, R extends keyof M>(
  members: M,
  required: readonly string[],
  must = 'be an object',
): ObjectSchema<M, R> {
  const properties = Object.fromEntries(Object.entries(members).map(([name, { json }]) => [name, json]));
  const json = {
    type: 'object',
    properties,
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
  const test = (value: unknown) => isRecord(value) && !objectFlaw(value, { members, required });
  return { ...schema(must, test, json), parts: Object.values(members), members, required };
}

/** The first invalid member of an object; `path` is where the object is. */
export function objectFlaw(
  value: Readonly<Record<string, unknown>>,
  { members, required }: Pick<ObjectOf<unknown>, 'members' | 'required'>,
  path = '',
): Flaw | undefined {
  const at = (name: string) => (path === '' ? name : `${path}.${name}`);
  const missing = required.find((name) => value[name] === undefined);
  // A missing member has no line in a file, so its object is reported.
  if (missing !== undefined) return { path: path || missing, reason: `${at(missing)} is missing` };
  for (const [name, member] of Object.entries(value)) {
    const flaw = memberFlaw(member, named(members, name), at(name));
    if (flaw) return flaw;
  }
  return undefined;
}

function memberFlaw(member: unknown, one: Schema | undefined, path: string): Flaw | undefined {
  if (!one) return { path, reason: `${path} is unknown` };
  if (one.flaw) return one.flaw(member, path);
  return one.accepts(member) ? undefined : { path, reason: `${path} must ${one.must}` };
}
