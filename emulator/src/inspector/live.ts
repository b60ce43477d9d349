import { Readable } from 'node:stream';
import type { Reply } from '../server/reply.ts';
import { type LoggedRequest, watchRequests } from '../world/request-log.ts';
import type { World } from '../world/world.ts';

/** A reader that is so far behind (bytes) is cut off, and may come back. */
const MOST_WAITING = 1024 * 1024;
const HEARTBEAT_MS = 15_000;

/**
 * Server-sent events (HTML standard, 9.2): `log` with the epoch of the ids, `request` with an id and
 * whatever `render` makes of it, and `cleared` with the next epoch; `undefined` while too many others watch.
 */
export function liveReply(
  world: World,
  render: (entry: LoggedRequest) => string | null,
  missed: readonly LoggedRequest[],
): Reply | undefined {
  const { stream, write } = eventStream(() => stop?.());
  const tell = (entry: LoggedRequest) => {
    const data = render(entry);
    if (data !== null)
      write(`event: request\nid: ${entry.id}\ndata: ${data.replaceAll('\n', '\ndata: ')}\n\n`);
  };
  const stop = watchRequests(world.requests, (entry) =>
    entry ? tell(entry) : write(`event: cleared\nid: 0\ndata: ${world.requests.epoch}\n\n`),
  );
  if (!stop) return undefined;
  write(`retry: 1000\nevent: log\ndata: ${world.requests.epoch}\n\n`);
  for (const entry of missed) tell(entry);
  return {
    status: 200,
    headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' },
    stream,
  };
}

function eventStream(onEnd: () => void) {
  const stream = new Readable({
    read: () => undefined,
    destroy: (error, done) => {
      clearInterval(heartbeat);
      onEnd();
      done(error);
    },
  });
  const write = (text: string) => {
    if (stream.readableLength > MOST_WAITING) stream.destroy();
    else stream.push(text);
  };
  const heartbeat = setInterval(() => write(':\n\n'), HEARTBEAT_MS).unref();
  return { stream, write };
}
