import type { JsonObject } from '../server/json.ts';
import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { World } from '../world/world.ts';
import type { Shape } from './body-shape.ts';

/** Answers one method of one control path; `id` and `subId` are the segments that name things. */
export type ControlHandler = (
  request: KakaoRequest,
  world: World,
  id: string,
  subId: string,
) => Reply | Promise<Reply>;

interface Contract {
  /** The members of its JSON body. */
  readonly body?: Shape;
  /** Those that must be there. */
  readonly required?: readonly string[];
  /** Query parameters, with what they do. */
  readonly query?: Readonly<Record<string, string>>;
  /** The JSON Schema of what it answers; without one it answers nothing. */
  readonly answer?: JsonObject;
  /** The media type of the answer; default `application/json`. */
  readonly answerType?: string;
  /** Default 200, or 204 without an answer. */
  readonly status?: number;
}

/** One method of one control path: what is done, and what the OpenAPI document says about it. */
export interface Operation extends Contract {
  readonly handle: ControlHandler;
  /** What it does, as the caller sees it. */
  readonly summary: string;
}

/** Paths below `/__emulator/v1/`, with `:names` for segments that name things, then methods. */
export type ControlRoutes = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** An operation for the table of routes. */
export function operation(handle: ControlHandler, summary: string, contract: Contract = {}): Operation {
  return { handle, summary, ...contract };
}
