/** A JSON value; `bigint` is a number written exactly, for ids beyond 2^53. */
export type Json = string | number | boolean | bigint | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/** JSON text like `JSON.stringify`, but with `bigint` as an exact number. Members that are `undefined` are left out. */
export function writeJson(value: Json): string {
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(writeJson).join(',')}]`;
  const members: string[] = [];
  for (const name in value) {
    const member = value[name];
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${writeJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

/** The object in this JSON text, or `null` if it is no JSON or no object. */
export function readJsonObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** Whether this is an object, neither `null` nor a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The member that the object itself has by this name: what callers send may be called `constructor` too. */
export function named<T>(members: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

/** Converts a parsed value to `Json`; anything that JSON cannot hold becomes `null`. */
export function toJson(value: unknown): Json {
  if (Array.isArray(value)) return value.map(toJson);
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, toJson(it)]));
  const primitive = ['string', 'number', 'boolean', 'bigint'].includes(typeof value);
  return primitive ? (value as string | number | boolean | bigint) : null;
}

/** Merges `changes` deeply into `value`; lists and primitives replace what was there. */
export function mergeJson(value: Json | undefined, changes: Json): Json {
  if (!isObject(value) || !isObject(changes)) return changes;
  const merged: Record<string, Json | undefined> = { ...value };
  for (const [name, change] of Object.entries(changes)) {
    if (change !== undefined) merged[name] = mergeJson(merged[name], change);
  }
  return merged;
}

/** Whether this member is an object, neither missing nor a list. */
export function isObject(value: Json | undefined): value is JsonObject {
  return isRecord(value);
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}
