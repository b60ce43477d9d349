import type { JsonObject } from '../server/json.ts';
import type { Shape } from './body-shape.ts';

/** The JSON Schema of an object that has the members of this shape and no others; all of them are required unless named. */
export function objectOf(shape: Shape, required: readonly string[] = Object.keys(shape)): JsonObject {
  const members = Object.entries(shape).map(([name, rule]) => [name, rule.schema]);
  return {
    type: 'object',
    properties: Object.fromEntries(members),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}
