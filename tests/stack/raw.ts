import { connect, type Socket } from 'node:net';

/** A connection that sends exactly what it is told to, and keeps what comes back. */
export interface RawConnection {
  readonly socket: Socket;
  /** What the server has sent. */
  readonly received: () => string;
  /** Resolves when the connection is gone, however it ended. */
  readonly closed: Promise<void>;
}

/** Opens a connection to the host of this address; `rest` reads nothing from it. */
export function openRaw(url: string, { rest = false } = {}): RawConnection {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  let received = '';
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => resolve());
    socket.on('end', () => socket.destroy());
  });
  // A server may cut a connection whenever it likes to.
  socket.on('error', () => undefined);
  if (!rest) socket.setEncoding('latin1').on('data', (text: string) => (received += text));
  return { socket, received: () => received, closed };
}

/** The lines of a request head, and the empty line behind it. */
export function head(url: string, first: string, ...lines: readonly string[]): string {
  return [`${first} HTTP/1.1`, `Host: ${new URL(url).host}`, ...lines, '', ''].join('\r\n');
}

/** Sends this many bytes as chunks of a body of undeclared length, until they are sent or the connection is gone. */
export async function sendChunks({ socket }: RawConnection, bytes: number): Promise<number> {
  const piece = 'a'.repeat(16 * 1_024);
  const chunk = `${piece.length.toString(16)}\r\n${piece}\r\n`;
  let sent = 0;
  while (sent < bytes && !socket.destroyed && socket.writable) {
    const room = socket.write(chunk, () => undefined);
    sent += piece.length;
    if (!room) await new Promise<void>((resolve) => onceAny(socket, ['drain', 'close'], resolve));
    else await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return sent;
}

function onceAny(socket: Socket, events: readonly string[], done: () => void): void {
  const end = () => {
    for (const event of events) socket.off(event, end);
    done();
  };
  for (const event of events) socket.on(event, end);
}
