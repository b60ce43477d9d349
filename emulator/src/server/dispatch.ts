import { setTimeout as delay } from 'node:timers/promises';
import { endIncompleteSignups } from '../account/linking.ts';
import { Refusal } from '../refusals/refusal.ts';
import { type Fault, takeFault } from '../world/faults.ts';
import type { World } from '../world/world.ts';
import { preflight, withCors } from './cors.ts';
import { alterReply, partiesOf, replacementReply } from './faults.ts';
import { hostServesPath, worldSeenBy } from './kakao-hosts.ts';
import { jsonReply, type Reply } from './reply.ts';
import type { Handler, KakaoRequest, Methods } from './request.ts';

/** What the server serves. It is passed in, so that this folder imports none of it. */
export interface Site {
  /** The endpoints of Kakao, and the emulator's pages, by path. */
  readonly routes: ReadonlyMap<string, Methods>;
  /** Answers the emulator's own paths that are not in the routes: control API, inspector. */
  readonly ownHandler: (path: string) => Handler | undefined;
  /** How Kakao answers what it refuses. */
  readonly answerRefusal: (refusal: Refusal, request: KakaoRequest, world: World) => Reply;
  /** The refusal with a code that a fault names, for a valid request. */
  readonly refusalByFault: (code: string | number, request: KakaoRequest, world: World) => Refusal;
  /** A refusal of the control API. */
  readonly problem: (status: number, detail: string) => Reply;
}

/** What to do with the connection: answer, answer in part, or cut it. */
export interface Outcome {
  readonly reply: Reply | null;
  readonly fault: Fault | null;
  /** Whether the client was gone before the answer was due. */
  readonly hungUp?: boolean;
}

/** A request, and the Kakao that it is for. */
interface Call {
  readonly request: KakaoRequest;
  readonly world: World;
}

interface Arrival extends Call {
  /** Makes the signal that ends a delay early. */
  readonly hungUp: () => AbortSignal;
}

/** Answers a request, by its endpoint or by a fault that is pending there. */
export async function dispatch({ request, world: whole, hungUp }: Arrival, site: Site): Promise<Outcome> {
  const own = site.ownHandler(request.path);
  if (own) return { reply: await own(request, whole), fault: null };
  if (!hostServesPath(request)) return { reply: noSuchApi(request), fault: null };
  endIncompleteSignups(whole);
  const world = worldSeenBy(request, whole);
  const early = preflight(request);
  if (early) return { reply: early, fault: null };
  const fault = takeFault(world.faults, request, () => partiesOf(request, world));
  if (!fault) return { reply: withCors(request, await answer({ request, world }, site)), fault: null };
  if (fault.delayMs && !(await hasStayed(fault.delayMs, hungUp())))
    return { reply: null, fault, hungUp: true };
  if (fault.reset) return { reply: null, fault };
  const reply = replacementReply(fault) ?? (await answer({ request, world }, site, fault));
  return { reply: alterReply(fault, withCors(request, reply)), fault };
}

/** Whether the client is still there after so many milliseconds. */
function hasStayed(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return delay(milliseconds, true, { signal }).catch(() => false);
}

/** The answer of the endpoint. The only place that catches a `Refusal`. */
async function answer({ request, world }: Call, site: Site, fault?: Fault): Promise<Reply> {
  try {
    if (fault?.kakao !== undefined) throw site.refusalByFault(fault.kakao, request, world);
    const faulty = fault?.idToken ? { ...request, idTokenFault: fault.idToken } : request;
    return await endpointReply({ request: faulty, world }, site);
  } catch (error) {
    if (error instanceof Refusal) return site.answerRefusal(error, request, world);
    throw error;
  }
}

function endpointReply({ request, world }: Call, { routes }: Site): Reply | Promise<Reply> {
  const methods = routes.get(request.path);
  if (!methods) return noSuchApi(request);
  const handler = methods[request.method === 'HEAD' ? 'GET' : request.method];
  if (handler) return handler(request, world);
  const msg = `${request.method} is not supported here`;
  const reply = jsonReply({ msg, code: -2 }, 405, { Allow: Object.keys(methods).join(', ') });
  return { ...reply, verdict: { en: msg, ko: `여기서는 ${request.method} 요청을 받지 않습니다` } };
}

function noSuchApi({ path }: KakaoRequest): Reply {
  const msg = `no such API: ${path}`;
  const verdict = { en: msg, ko: `없는 API입니다: ${path}` };
  return { ...jsonReply({ msg, code: -2 }, 404), verdict };
}
