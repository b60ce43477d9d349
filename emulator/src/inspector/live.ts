import { Readable } from 'node:stream';
import { Problem } from '../control/problem.ts';
import type { Reply } from '../server/reply.ts';
import { type LoggedRequest, type RequestLog, type Watcher, watchRequests } from '../world/request-log.ts';
import type { World } from '../world/world.ts';

/** A client this far behind (bytes) is disconnected; it may reconnect. */
const MOST_WAITING = 1024 * 1024;
const HEARTBEAT_MS = 15_000;

/**
 * Server-sent events (HTML standard, 9.2): `log` with the epoch of the ids, `request` with an id and
 * whatever `render` makes of it, and `cleared` with the next epoch. Throws a `Problem` while too many others watch.
 */
export function liveReply(
  world: World,
  render: (entry: LoggedRequest) => string | null,
  missed: readonly LoggedRequest[],
): Reply {
  const tell = (entry: LoggedRequest) => {
    const data = render(entry);
    if (data !== null)
      write(`event: request\nid: ${entry.id}\ndata: ${data.replaceAll('\n', '\ndata: ')}\n\n`);
  };
  const stop = watch(world.requests, (entry) =>
    entry ? tell(entry) : write(`event: cleared\nid: 0\ndata: ${world.requests.epoch}\n\n`),
  );
  const { stream, write } = eventStream(stop);
  write(`retry: 1000\nevent: log\ndata: ${world.requests.epoch}\n\n`);
  for (const entry of missed) tell(entry);
  return {
    status: 200,
    headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' },
    stream,
  };
}

/** Watches until the returned function is called. Throws a `Problem` while too many others do. */
export function watch(log: RequestLog, watcher: Watcher): () => void {
  const stop = watchRequests(log, watcher);
  if (!stop) throw new Problem(503, 'a hundred others are waiting or watching');
  return stop;
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
