import type { Json } from '../server/json.ts';
import { toJson } from '../server/json.ts';
import type { Fault } from '../world/faults.ts';

/** A fault as the control API shows it. */
export function shownFault({ remaining, toPass: _, dice: __, ...fault }: Fault): Json {
  return toJson({ ...fault, remaining: Number.isFinite(remaining) ? remaining : 'always' });
}
