import { type Json, readJsonObject } from '../json.ts';
import { emptyReply, jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { World } from '../world/world.ts';
import { Problem, refuse } from './problem.ts';
import { type ObjectOf, objectFlaw, partial, type Schema } from './schema.ts';

/** A request for one operation; `id` and `subId` are the segments of its path that name things. */
export interface ControlCall {
  readonly request: KakaoRequest;
  readonly world: World;
  readonly id: string;
  readonly subId: string;
}

/** What the OpenAPI document says about one method of one path. */
interface Contract {
  /** What it does, as the caller sees it. */
  readonly summary: string;
  /** Its JSON body. */
  readonly body?: ObjectOf<unknown>;
  /** Query parameters, with what they do. */
  readonly query?: Readonly<Record<string, string>>;
  /** What it answers; without one it answers nothing. */
  readonly answer?: Schema;
  /** The media type of the answer; default `application/json`. */
  readonly answerType?: string;
  /** Default 200, or 204 without an answer. */
  readonly status?: number;
}

/** One method of one control path. */
export interface Operation extends Contract {
  readonly reply: (call: ControlCall) => Reply | Promise<Reply>;
}

/** Paths below `/__emulator/v1/`, with `:names` for segments that name things, then methods. */
export type ControlRoutes = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/**
 * An operation that answers a value as its `answer` says, or nothing. `body` reads the JSON body, where a missing one is
 * an empty object; it throws a `Problem` that names the first invalid member.
 */
export function operation<Body, Answer = void>(
  described: Omit<Contract, 'body' | 'answer'> & {
    readonly body?: ObjectOf<Body>;
    readonly answer?: Schema<Answer>;
    readonly handle: (call: ControlCall & { readonly body: () => Body }) => Answer | Promise<Answer>;
  },
): Operation {
  const { handle, ...contract } = described;
  const { body: schema = partial({}) as ObjectOf<Body>, answer, status = 200 } = contract;
  const reply = async (call: ControlCall) => {
    const value = await handle({ ...call, body: () => readBody(call.request.body, schema) });
    return answer ? jsonReply(value as Json, status) : emptyReply(204);
  };
  return { ...contract, reply };
}

/** What `body` of an operation does, for a body whose schema depends on what is in it. */
export function readBody<T>(body: string, schema: ObjectOf<T>): T {
  const value = body.trim() === '' ? {} : readJsonObject(body);
  if (!value) throw new Problem(400, 'the body must be a JSON object');
  refuse(objectFlaw(value, schema));
  return value as T;
}
