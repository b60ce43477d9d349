import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import type { FaultEffect } from '../world/faults.ts';
import { writeJson } from './json.ts';
import type { Reply } from './reply.ts';
import { slowly } from './slow-body.ts';

/** Sends an answer, all of it at once unless it is a stream or the fault cuts it; `headOnly` leaves the body out. */
export function send(response: ServerResponse, reply: Reply, headOnly = false, fault?: FaultEffect): void {
  if (reply.stream) stream(response, reply, reply.stream, headOnly);
  else sendWhole(response, reply, headOnly, fault);
}

function sendWhole(response: ServerResponse, reply: Reply, headOnly: boolean, fault?: FaultEffect): void {
  const body = Buffer.from(reply.json === undefined ? (reply.text ?? '') : writeJson(reply.json));
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

function stream(
  response: ServerResponse,
  { status, headers }: Reply,
  body: NonNullable<Reply['stream']>,
  headOnly: boolean,
): void {
  response.writeHead(status, headers);
  response.flushHeaders();
  if (!headOnly) return void pipeline(body, response, () => undefined);
  body.destroy();
  response.end();
}
