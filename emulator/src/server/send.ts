import type { ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { writeJson } from '../json.ts';
import type { FaultEffect } from '../world/faults.ts';
import type { Reply } from './reply.ts';

interface SendOptions {
  /** Leaves the body out. */
  readonly headOnly?: boolean;
  readonly fault?: FaultEffect | null;
}

/** Sends an answer: at once, unless it is a stream or a fault delays or cuts it. */
export function send(response: ServerResponse, reply: Reply, manner: SendOptions = {}): void {
  const { stream } = reply;
  if (stream) sendStream(response, { ...reply, stream }, manner);
  else sendWhole(response, reply, manner);
}

function sendWhole(response: ServerResponse, reply: Reply, { headOnly, fault }: SendOptions): void {
  const body =
    reply.bytes ?? Buffer.from(reply.json === undefined ? (reply.text ?? '') : writeJson(reply.json));
  response.writeHead(reply.status, { 'Content-Length': body.length, ...reply.headers });
  if (headOnly) response.end();
  else if (fault?.truncate) response.write(body.subarray(0, body.length >> 1), () => response.destroy());
  else if (fault?.bodyDelayMs || fault?.bytesPerSecond) sendSlowly(response, body, fault);
  else response.end(body);
}

function sendSlowly(response: ServerResponse, body: Buffer, fault: FaultEffect): void {
  response.flushHeaders();
  pipeline(slowly(body, fault), response, () => undefined);
}

function sendStream(
  response: ServerResponse,
  { status, headers, stream: body }: Reply & { stream: Readable },
  { headOnly }: SendOptions,
): void {
  response.writeHead(status, headers);
  response.flushHeaders();
  if (!headOnly) return void pipeline(body, response, () => undefined);
  body.destroy();
  response.end();
}

const PIECE_SECONDS = 0.1;

/** A body that comes late (`bodyDelayMs`) or slowly (`bytesPerSecond`); it ends when the client gives up. */
function slowly(body: Buffer, fault: FaultEffect): Readable {
  const gone = new AbortController();
  const stream = Readable.from(pieces(body, fault, gone.signal));
  return stream.once('close', () => gone.abort());
}

async function* pieces(body: Buffer, { bodyDelayMs = 0, bytesPerSecond }: FaultEffect, gone: AbortSignal) {
  if (!(await passes(bodyDelayMs, gone))) return;
  const rate = bytesPerSecond ?? Number.POSITIVE_INFINITY;
  const size = Math.min(body.length, Math.max(1, Math.floor(rate * PIECE_SECONDS)));
  for (let at = 0; at < body.length; at += size) {
    if (at > 0 && !(await passes((size / rate) * 1000, gone))) return;
    yield body.subarray(at, at + size);
  }
}

/** Whether the client is still there after so many milliseconds. */
function passes(milliseconds: number, gone: AbortSignal): Promise<boolean> {
  return delay(milliseconds, true, { signal: gone }).catch(() => false);
}
