import { endIncompleteSignups } from '../account/linking.ts';
import { freeze, moveTo, runningTime, thaw } from '../world/clock.ts';
import { now, type World } from '../world/world.ts';
import { instant, YEAR_SECONDS } from './fields.ts';
import { type ControlRoutes, operation } from './operation.ts';
import { Problem } from './problem.ts';
import { answered, component, flag, object, partial, type TypeOf, whole } from './schema.ts';

/** The offset is against the clock that the emulator runs by. */
const clock = component(
  'Clock',
  object({
    now: answered<string>({ type: 'string', format: 'date-time' }),
    offsetSeconds: answered<number>({ type: 'integer' }),
    frozen: flag,
  }),
);
export type ClockShown = TypeOf<typeof clock>;

/** `now` or `offsetSeconds` moves the time, `frozen` stops it or lets it run on. */
export const clockChanges = partial({
  now: instant,
  offsetSeconds: whole(-10 * YEAR_SECONDS, 10 * YEAR_SECONDS),
  frozen: flag,
});

/** The time of this Kakao. */
export const clockRoutes: ControlRoutes = {
  clock: {
    GET: operation({ summary: 'The time', answer: clock, handle: ({ world }) => shown(world) }),
    PATCH: operation({
      summary: 'Sets, freezes or thaws the time',
      body: clockChanges,
      answer: clock,
      handle: ({ world, body }) => {
        changeClock(world, body());
        return moved(world);
      },
    }),
    DELETE: operation({
      summary: 'Back to the clock of the machine',
      answer: clock,
      handle: ({ world }) => {
        Object.assign(world.time, runningTime());
        return moved(world);
      },
    }),
  },
  'clock/advance': {
    POST: operation({
      summary: 'Later at once',
      body: partial({ seconds: whole(0, 10 * YEAR_SECONDS) }, 'seconds'),
      answer: clock,
      handle: ({ world, body }) => {
        moveTo(world.time, now(world) + body().seconds * 1000, world.beginning.clock);
        return moved(world);
      },
    }),
  },
};

function changeClock({ time, beginning }: World, changes: TypeOf<typeof clockChanges>): void {
  const { now: instantly, offsetSeconds, frozen } = changes;
  if (instantly !== undefined && offsetSeconds !== undefined)
    throw new Problem(400, 'now and offsetSeconds exclude each other', 'offsetSeconds');
  const { clock: real } = beginning;
  if (offsetSeconds !== undefined) moveTo(time, real() + offsetSeconds * 1000, real);
  if (instantly !== undefined) moveTo(time, Date.parse(instantly), real);
  if (frozen !== undefined) (frozen ? freeze : thaw)(time, real);
}

/** The time after it was moved; what is due by then has been done. */
function moved(world: World): ClockShown {
  endIncompleteSignups(world);
  return shown(world);
}

function shown(world: World): ClockShown {
  const at = now(world);
  return {
    now: new Date(at).toISOString(),
    offsetSeconds: Math.round((at - world.beginning.clock()) / 1000),
    frozen: world.time.frozenAt !== null,
  };
}
