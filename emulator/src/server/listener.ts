import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { problem } from '../control/problem.ts';
import { logRequest } from '../world/request-log.ts';
import { now, type World } from '../world/world.ts';
import { dispatch, type Outcome } from './dispatch.ts';
import { isRecord, writeJson } from './json.ts';
import { readRequest } from './read-request.ts';
import { jsonReply, type Reply } from './reply.ts';
import type { KakaoRequest } from './request.ts';

/** Serves the world that a request is for over HTTP. */
export function listenerFor(worldOf: (message: IncomingMessage) => World | undefined): RequestListener {
  return (message, response) => {
    const world = worldOf(message);
    if (!world) return send(response, problem(404, 'there is no such namespace'), false, false);
    serve(message, response, world).catch((error: unknown) => giveUp(response, error));
  };
}

async function serve(message: IncomingMessage, response: ServerResponse, world: World): Promise<void> {
  const request = await readRequest(message, world.basePath);
  const time = now(world);
  const started = performance.now();
  const outcome = await dispatch(request, world, () => hangUpSignal(response));
  if (isLogged(request.path)) note(request, world, outcome, time, performance.now() - started);
  if (outcome.reply)
    send(response, outcome.reply, outcome.fault?.truncate ?? false, message.method === 'HEAD');
  else message.socket.destroy();
}

function hangUpSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}

function send(response: ServerResponse, reply: Reply, truncate: boolean, headOnly: boolean): void {
  const body = Buffer.from(reply.json === undefined ? (reply.text ?? '') : writeJson(reply.json));
  response.writeHead(reply.status, { 'Content-Length': body.length, ...reply.headers });
  if (!truncate) response.end(headOnly ? undefined : body);
  else response.write(body.subarray(0, body.length >> 1), () => response.destroy());
}

function isLogged(path: string): boolean {
  return path !== '/' && path !== '/favicon.ico' && !path.startsWith('/__emulator');
}

function note(request: KakaoRequest, world: World, outcome: Outcome, time: number, durationMs: number): void {
  const { method, path, query, form, headers } = request;
  const status = outcome.reply?.status ?? 0;
  const code = codeIn(outcome.reply);
  logRequest(world.requests, {
    time,
    method,
    path,
    query,
    form,
    headers,
    status,
    code,
    durationMs,
    faultId: outcome.fault?.id ?? null,
  });
}

function codeIn(reply: Reply | null): string | number | null {
  if (!reply || reply.status < 400) return null;
  const json: unknown = reply.json;
  const code = isRecord(json) ? (json['error_code'] ?? json['code']) : reply.headers['X-Kakao-Emulator-Code'];
  return typeof code === 'string' || typeof code === 'number' ? code : null;
}

function giveUp(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const status = error instanceof RangeError ? 413 : 500;
  const msg = error instanceof Error ? error.message : 'unknown failure of the emulator';
  send(response, jsonReply({ msg, code: -1 }, status), false, false);
}
