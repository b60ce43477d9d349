import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { FaultEffect } from '../world/faults.ts';

const PIECE_SECONDS = 0.1;

/** A body that comes after a while (`bodyDelayMs`), or a little at a time (`bytesPerSecond`); its clients may give up. */
export function slowly(body: Buffer, fault: FaultEffect): Readable {
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
