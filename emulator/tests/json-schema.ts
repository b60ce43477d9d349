/** A JSON Schema, as far as this project writes any. */
export type Schema = Readonly<Record<string, unknown>>;

/** What in a value is not as the schema says: `place: what`, nothing if all is well. `root` resolves `$ref`s. */
export function violations(value: unknown, schema: Schema, root: Schema, place = '$'): string[] {
  const { $ref, anyOf, type, pattern } = schema;
  if (typeof $ref === 'string') return violations(value, resolve(root, $ref), root, place);
  if (Array.isArray(anyOf)) {
    const fits = anyOf.some((one) => violations(value, one, root, place).length === 0);
    return fits ? [] : [`${place}: fits none of anyOf`];
  }
  if ('const' in schema && value !== schema['const']) return [`${place}: is not ${schema['const']}`];
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(value)) return [`${place}: is not in enum`];
  if (type !== undefined && ![type].flat().some((one) => isOfType(value, one)))
    return [`${place}: is ${JSON.stringify(value)}, not ${type}`];
  if (typeof pattern === 'string' && typeof value === 'string' && !new RegExp(pattern).test(value))
    return [`${place}: is not like ${pattern}`];
  if (typeof value === 'number') return numberViolations(value, schema, place);
  if (Array.isArray(value)) return listViolations(value, schema, root, place);
  return value !== null && typeof value === 'object'
    ? objectViolations({ ...value }, schema, root, place)
    : [];
}

function numberViolations(value: number, { minimum, maximum }: Schema, place: string): string[] {
  if (typeof minimum === 'number' && value < minimum) return [`${place}: is below ${minimum}`];
  return typeof maximum === 'number' && value > maximum ? [`${place}: is above ${maximum}`] : [];
}

function listViolations(
  values: unknown[],
  { items, maxItems }: Schema,
  root: Schema,
  place: string,
): string[] {
  if (typeof maxItems === 'number' && values.length > maxItems)
    return [`${place}: has more than ${maxItems}`];
  return values.flatMap((value, at) => violations(value, asSchema(items), root, `${place}[${at}]`));
}

function objectViolations(value: Schema, schema: Schema, root: Schema, place: string): string[] {
  const { required = [], additionalProperties: others = {}, propertyNames = {} } = schema;
  const properties = asSchema(schema['properties']);
  const missing = (required as string[]).filter((name) => !(name in value));
  const wrong = Object.entries(value).flatMap(([name, member]) => {
    const at = `${place}.${name}`;
    if (name in properties) return violations(member, asSchema(properties[name]), root, at);
    if (others === false) return [`${at}: is unknown`];
    return [
      ...violations(name, asSchema(propertyNames), root, at),
      ...violations(member, asSchema(others), root, at),
    ];
  });
  return [...missing.map((name) => `${place}.${name}: is missing`), ...wrong];
}

function resolve(root: Schema, ref: string): Schema {
  return ref
    .split('/')
    .slice(1)
    .reduce((at, name) => asSchema(at[name]), root);
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? (value as Schema) : {};
}

function isOfType(value: unknown, type: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}
