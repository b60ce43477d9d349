import type { Reply } from '../server/reply.ts';
import { flag, type Shape, whole } from './body-shape.ts';
import { problem } from './problem.ts';

interface HowOften {
  readonly times?: number;
  readonly always?: boolean;
}

/** How often something happens: so many `times`, default 1, or `always`. */
export const howOften: Shape = { times: whole(1), always: flag };

/** The problem of an order that says both. */
export function howOftenProblem({ times, always }: HowOften): Reply | undefined {
  return always && times !== undefined
    ? problem(400, 'times and always exclude each other', 'times')
    : undefined;
}
