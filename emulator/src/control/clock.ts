import { endIncompleteSignups } from '../account/linking.ts';
import type { JsonObject } from '../server/json.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { freeze, moveTo, runningTime, thaw } from '../world/clock.ts';
import { now, type World } from '../world/world.ts';
import { flag, isProblem, type Rule, readBody, type Shape, whole } from './body-shape.ts';
import { problem } from './problem.ts';

const YEAR_SECONDS = 366 * 24 * 60 * 60;

/** A point in time, years 1970 to 2999, so that every instant can be written. */
export const instantRule: Rule = {
  must: 'be an RFC 3339 time such as "2026-03-02T04:11:52Z"',
  test: (value) => typeof value === 'string' && /^(19[7-9]|2)\d+-\d\d-\d\dT.+Z$/.test(value) && isTime(value),
  schema: { type: 'string', format: 'date-time' },
};
const offsetRule = whole(-10 * YEAR_SECONDS, 10 * YEAR_SECONDS);

/** What can be said about the time. */
export const clockChanges: Shape = { now: instantRule, offsetSeconds: offsetRule, frozen: flag };

/** By how much it moves on. */
export const clockAdvance: Shape = { seconds: whole(0, 10 * YEAR_SECONDS) };

interface Changes {
  readonly now?: string;
  readonly offsetSeconds?: number;
  readonly frozen?: boolean;
}

/** `GET /clock`: `{"now", "offsetSeconds", "frozen"}`; the offset is against the clock that the emulator runs by. */
export function showClock(_request: KakaoRequest, world: World): Reply {
  return jsonReply(shown(world));
}

/** `PATCH /clock`: `now` (RFC 3339) or `offsetSeconds` moves the time, `frozen` stops it or lets it run on. */
export function patchClock(request: KakaoRequest, world: World): Reply {
  const changes = readBody<Changes>(request.body, clockChanges);
  if (isProblem(changes)) return changes;
  if (changes.now !== undefined && changes.offsetSeconds !== undefined)
    return problem(400, 'now and offsetSeconds exclude each other', 'offsetSeconds');
  const { time } = world;
  const { clock } = world.beginning;
  if (changes.offsetSeconds !== undefined) moveTo(time, clock() + changes.offsetSeconds * 1000, clock);
  if (changes.now !== undefined) moveTo(time, Date.parse(changes.now), clock);
  if (changes.frozen !== undefined) (changes.frozen ? freeze : thaw)(time, clock);
  return moved(world);
}

/** `POST /clock/advance`: `{"seconds"}` later at once, frozen or not. */
export function advanceClock(request: KakaoRequest, world: World): Reply {
  const order = readBody<{ seconds: number }>(request.body, clockAdvance, ['seconds']);
  if (isProblem(order)) return order;
  moveTo(world.time, now(world) + order.seconds * 1000, world.beginning.clock);
  return moved(world);
}

/** `DELETE /clock`: back to the clock that the emulator runs by. */
export function resetClock(_request: KakaoRequest, world: World): Reply {
  Object.assign(world.time, runningTime());
  return moved(world);
}

/** The answer after the clock was moved, when what should have happened meanwhile has happened. */
function moved(world: World): Reply {
  endIncompleteSignups(world);
  return jsonReply(shown(world));
}

function shown(world: World): JsonObject {
  const at = now(world);
  return {
    now: new Date(at).toISOString(),
    offsetSeconds: Math.round((at - world.beginning.clock()) / 1000),
    frozen: world.time.frozenAt !== null,
  };
}

/** JavaScript takes 31 February for a day in March. */
function isTime(text: string): boolean {
  const at = Date.parse(text);
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(text.slice(0, 10));
}
