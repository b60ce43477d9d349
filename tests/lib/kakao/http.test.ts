import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type HttpCall, send, sendIdempotent } from '@/lib/kakao/http';
import { answerJson, withServers } from '../../support/http-server';

const start = withServers();
const unavailable = expect.objectContaining({ name: 'KakaoError', code: 'unavailable', transient: true });

function call(url: string, changes: Partial<HttpCall> = {}): HttpCall {
  return { method: 'GET', url, timeoutMs: 2_000, deadline: Date.now() + 5_000, ...changes };
}

/** How long a refusal took, in milliseconds. */
async function timeOfRefusal(promise: Promise<unknown>): Promise<number> {
  const began = performance.now();
  await expect(promise).rejects.toEqual(unavailable);
  return performance.now() - began;
}

/** Cuts the first `times` connections, then answers. */
function cutting(times: number): RequestListener {
  let left = times;
  return (request, response) => {
    left -= 1;
    if (left >= 0) request.socket.destroy();
    else answerJson('{"ok":1}')(request, response);
  };
}

describe('send refuses', () => {
  it.each([301, 302, 303, 307, 308])(
    'a redirect (%i), and does not carry the token to it',
    async (status) => {
      const elsewhere = await start(answerJson('{}'));
      const server = await start((_, response) => {
        response.writeHead(status, { location: `${elsewhere.url}/stolen` }).end();
      });
      const headers = { authorization: 'Bearer secret' };
      await expect(send(call(server.url, { headers }))).rejects.toEqual(unavailable);
      expect(elsewhere.seen).toHaveLength(0);
    },
  );

  it.each(['gzip', 'br', 'deflate'])('a body in %s, which it did not ask for', async (encoding) => {
    const server = await start((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(gzipSync('{}'));
    });
    await expect(send(call(server.url))).rejects.toEqual(unavailable);
    expect(server.seen[0]?.headers['accept-encoding']).toBeUndefined();
  });

  it('a body of more than 1 MB, before all of it was sent', async () => {
    let sent = 0;
    const chunk = Buffer.alloc(100_000, 'x');
    const server = await start((_, response) => {
      const more = () => {
        while (!response.destroyed && sent < 200_000_000) {
          sent += chunk.length;
          if (!response.write(chunk)) return;
        }
      };
      response.on('drain', more);
      more();
    });
    await expect(send(call(server.url))).rejects.toThrow(/more than 1 MB/);
    expect(sent).toBeLessThan(100_000_000);
  });

  it('headers that come too late', async () => {
    const server = await start(() => undefined);
    const took = await timeOfRefusal(send(call(server.url, { timeoutMs: 200 })));
    expect(took).toBeLessThan(1_500);
  });

  it('a body that trickles on beyond the deadline', async () => {
    const server = await start((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    const took = await timeOfRefusal(
      send(call(server.url, { timeoutMs: 5_000, deadline: Date.now() + 300 })),
    );
    expect(took).toBeLessThan(1_500);
  });

  it('to ask at all when no time is left', async () => {
    const server = await start(answerJson('{}'));
    await expect(send(call(server.url, { deadline: Date.now() - 1 }))).rejects.toEqual(unavailable);
    expect(server.seen).toHaveLength(0);
  });

  it('a body that was cut', async () => {
    const server = await start((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"half":');
      setImmediate(() => response.destroy());
    });
    await expect(send(call(server.url))).rejects.toEqual(unavailable);
  });

  it('an answer that is not HTTP', async () => {
    const server = await start((request) => request.socket.end('220 smtp.example.com ESMTP\r\n'));
    await expect(send(call(server.url))).rejects.toEqual(unavailable);
  });

  it('when nobody is there', async () => {
    await expect(send(call('http://127.0.0.1:1'))).rejects.toEqual(unavailable);
  });
});

describe('send', () => {
  it('gives back every other answer as it is, whatever its status', async () => {
    const server = await start((_, response) => {
      response.writeHead(418, { 'content-type': 'text/html' }).end('<h1>안녕</h1>');
    });
    const answer = await send(call(server.url));
    expect(answer).toEqual({ status: 418, contentType: 'text/html', body: '<h1>안녕</h1>' });
  });

  it('reads a character that is cut in two by the wire', async () => {
    const bytes = Buffer.from('"춘식이"');
    const server = await start((_, response) => {
      response.write(bytes.subarray(0, 2), () => response.end(bytes.subarray(2)));
    });
    expect((await send(call(server.url))).body).toBe('"춘식이"');
  });

  it('posts a form with its length in bytes', async () => {
    let body = '';
    const server = await start((request, response) => {
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => response.end('{}'));
    });
    await send(call(server.url, { method: 'POST', body: 'name=춘식' }));
    expect(body).toBe('name=춘식');
    expect(server.seen[0]?.headers).toMatchObject({
      'content-length': '11',
      'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
    });
  });

  it('uses one connection again for what comes after', async () => {
    const server = await start(answerJson('{}'));
    for (let i = 0; i < 5; i += 1) await send(call(server.url));
    expect(server.seen).toHaveLength(5);
    expect(server.connections()).toBe(1);
  });

  it('is never repeated by itself', async () => {
    const server = await start(cutting(1));
    await expect(send(call(server.url, { method: 'POST', body: 'code=x' }))).rejects.toEqual(unavailable);
    expect(server.seen).toHaveLength(1);
  });
});

describe('a read', () => {
  it('is tried once more after a cut connection', async () => {
    const server = await start(cutting(1));
    expect((await sendIdempotent(call(server.url))).body).toBe('{"ok":1}');
    expect(server.seen).toHaveLength(2);
  });

  it('is tried once more after a server error', async () => {
    let count = 0;
    const server = await start((request, response) => {
      count += 1;
      answerJson('{}', count === 1 ? 502 : 200)(request, response);
    });
    expect((await sendIdempotent(call(server.url))).status).toBe(200);
  });

  it('is tried twice at most', async () => {
    const cut = await start(cutting(9));
    await expect(sendIdempotent(call(cut.url))).rejects.toEqual(unavailable);
    expect(cut.seen).toHaveLength(2);
    const failing = await start(answerJson('{}', 503));
    expect((await sendIdempotent(call(failing.url))).status).toBe(503);
    expect(failing.seen).toHaveLength(2);
  });

  it.each([400, 401, 404, 429])('is not repeated after an answer (%i)', async (status) => {
    const server = await start(answerJson('{}', status));
    expect((await sendIdempotent(call(server.url))).status).toBe(status);
    expect(server.seen).toHaveLength(1);
  });

  it('is not repeated after a redirect', async () => {
    const server = await start((_, response) => response.writeHead(302, { location: '/' }).end());
    await expect(sendIdempotent(call(server.url))).rejects.toEqual(unavailable);
    expect(server.seen).toHaveLength(1);
  });

  it('gets no second time beyond the deadline', async () => {
    const server = await start(() => undefined);
    const took = await timeOfRefusal(sendIdempotent(call(server.url, { deadline: Date.now() + 300 })));
    expect(took).toBeLessThan(1_500);
    expect(server.seen).toHaveLength(1);
  });
});
