import { setTimeout as delay } from 'node:timers/promises';
import { endIncompleteSignups } from '../account/incomplete-signups.ts';
import { control } from '../control/control.ts';
import { inspector, isInspectorPath } from '../inspector/inspector.ts';
import { type Fault, takeFault } from '../world/faults.ts';
import type { World } from '../world/world.ts';
import { preflight, withCors } from './cors.ts';
import { replacementReply, spoilReply } from './faulty-reply.ts';
import { isServedThere, seenFrom } from './kakao-hosts.ts';
import { partiesOf } from './parties.ts';
import { jsonReply, type Reply } from './reply.ts';
import type { KakaoRequest } from './request.ts';
import { findRoute } from './route-table.ts';

/** What to do with the connection: answer, answer half, or cut it. */
export interface Outcome {
  readonly reply: Reply | null;
  readonly fault: Fault | null;
  /** Whether the client was gone before the answer was due. */
  readonly hungUp?: boolean;
}

/** Answers a request, by its endpoint or by a fault that waits there. `hungUp` makes the signal that ends a delay early. */
export async function dispatch(
  request: KakaoRequest,
  whole: World,
  hungUp: () => AbortSignal,
): Promise<Outcome> {
  if (request.path.startsWith('/__emulator/v1/'))
    return { reply: await control(request, whole), fault: null };
  if (isInspectorPath(request.path)) return { reply: await inspector(request, whole), fault: null };
  if (!isServedThere(request)) return { reply: noSuchApi(request), fault: null };
  endIncompleteSignups(whole);
  const world = seenFrom(request, whole);
  const early = preflight(request);
  const fault = early ? undefined : takeFault(world.faults, request, () => partiesOf(request, world));
  if (!fault) return { reply: early ?? withCors(request, await genuineReply(request, world)), fault: null };
  if (fault.delayMs && !(await hasStayed(fault.delayMs, hungUp())))
    return { reply: null, fault, hungUp: true };
  if (fault.reset) return { reply: null, fault };
  const spoilt = fault.idToken ? { ...request, idTokenFault: fault.idToken } : request;
  const reply = replacementReply(fault, request, world) ?? (await genuineReply(spoilt, world));
  return { reply: spoilReply(fault, withCors(request, reply)), fault };
}

/** Whether the client is still there after so many milliseconds. */
function hasStayed(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return delay(milliseconds, true, { signal }).catch(() => false);
}

function genuineReply(request: KakaoRequest, world: World): Reply | Promise<Reply> {
  const methods = findRoute(request.path);
  if (!methods) return noSuchApi(request);
  const handler = methods[request.method === 'HEAD' ? 'GET' : request.method];
  if (handler) return handler(request, world);
  return jsonReply({ msg: `${request.method} is not supported here`, code: -2 }, 405, {
    Allow: Object.keys(methods).join(', '),
  });
}

function noSuchApi({ path }: KakaoRequest): Reply {
  return jsonReply({ msg: `no such API: ${path}`, code: -2 }, 404);
}
