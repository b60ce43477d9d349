import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from './support/test';

/** Everything the server answers to these bytes until it hangs up. */
function raw(appUrl: string, lines: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(appUrl);
  const socket = connect(Number(port), hostname);
  socket.write([...lines, `Host: ${hostname}:${port}`, '', ''].join('\r\n'));
  return text(socket);
}

for (const target of ['*', 'http://e.com/login', '/%zz']) {
  test(`a request for ${target} is answered with 404`, async ({ stack }) => {
    const answer = await raw(stack.appUrl, [`OPTIONS ${target} HTTP/1.1`, 'Connection: close']);
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).toContain('"NOT_FOUND"');
  });
}

test('a client that hangs up in the middle of its body disturbs nobody', async ({ stack, visitor }) => {
  const { hostname, port } = new URL(stack.appUrl);
  const socket = connect(Number(port), hostname);
  const head = ['POST /login/kakao HTTP/1.1', `Host: ${hostname}:${port}`, 'Content-Length: 9', '', 'half'];
  await new Promise<void>((sent) => socket.write(head.join('\r\n'), () => sent()));
  socket.destroy();
  expect((await visitor.send('/api/health/live')).status).toBe(200);
});
