import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { nextRequestId } from '../world/request-log.ts';
import { now, type World } from '../world/world.ts';
import { dispatch, type Site } from './dispatch.ts';
import { refusalOf } from './guard.ts';
import { noteRequest } from './note-request.ts';
import { jsonReply } from './reply.ts';
import { BodyTooLarge, isOwnPath, type RequestHead, readHead, readRequest } from './request.ts';
import { send } from './send.ts';

/** Serves the world that a request is for over HTTP. */
export function listenerFor(
  worldOf: (message: IncomingMessage) => World | undefined,
  site: Site,
): RequestListener {
  return (message, response) => {
    const world = worldOf(message);
    if (!world) return send(response, site.problem(404, 'there is no such namespace'));
    const head = readHead(message, world.basePath);
    const refusal = refusalOf(head, world);
    if (refusal !== undefined) return send(response, site.problem(403, refusal));
    serve({ message, response, world, head }, site).catch((error: unknown) =>
      giveUp({ message, response, error }, site),
    );
  };
}

interface Exchange {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
}

interface Arrival extends Exchange {
  readonly world: World;
  readonly head: RequestHead;
}

async function serve({ message, response, world, head }: Arrival, site: Site): Promise<void> {
  const read = await readRequest(message, head);
  const noted = !isOwnPath(read.path);
  const request = noted ? { ...read, id: nextRequestId(world.requests) } : read;
  const time = now(world);
  const started = performance.now();
  const outcome = await dispatch({ request, world, hungUp: () => hangUpSignal(response) }, site);
  const { reply, fault } = outcome;
  if (noted) noteRequest({ request, outcome, time, durationMs: performance.now() - started }, world);
  if (reply) send(response, reply, { headOnly: message.method === 'HEAD', fault });
  else message.socket.destroy();
}

function hangUpSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}

/** Answers after an unexpected error, in the form of the API that was called: Kakao's or the control API's. */
function giveUp({ message, response, error }: Exchange & { error: unknown }, { problem }: Site): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const status = error instanceof BodyTooLarge ? 413 : 500;
  const msg = error instanceof Error ? error.message : 'unknown failure of the emulator';
  const isControl = /^(\/ns\/[^/]*)?\/__emulator\//.test(message.url ?? '');
  send(response, isControl ? problem(status, msg) : jsonReply({ msg, code: -1 }, status));
}
