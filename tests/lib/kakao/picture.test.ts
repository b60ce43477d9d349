import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { fetchPicture } from '@/lib/kakao/picture';
import { withServers } from '../../support/http-server';

const start = withServers();
const address = 'https://k.kakaocdn.net/dn/a/img_640x640.jpg?x=1';
const bytes = Buffer.from([0xff, 0xd8, 0xff, 0x00]);

function answer(status: number, headers: Record<string, string>, body: Buffer = bytes): RequestListener {
  return (_request, response) => response.writeHead(status, headers).end(body);
}

describe('fetchPicture refuses', () => {
  it.each([
    ['another host', 'https://evil.example/dn/a.jpg'],
    ['a host that only ends like Kakao’s', 'https://evilkakaocdn.net/a.jpg'],
    ['an address inside', 'http://169.254.169.254/latest/meta-data'],
    ['another port', 'https://k.kakaocdn.net:8443/a.jpg'],
    ['credentials', 'https://user:pass@k.kakaocdn.net/a.jpg'],
    ['a file', 'file:///etc/passwd'],
    ['no address', 'picture'],
  ])('%s, and asks nobody', async (_, url) => {
    const server = await start(answer(200, { 'content-type': 'image/jpeg' }));
    expect(await fetchPicture(url, server.url)).toBeNull();
    expect(server.seen).toHaveLength(0);
  });

  it.each([
    ['a page', 'text/html;charset=utf-8'],
    ['SVG, which can run scripts', 'image/svg+xml'],
    ['a type that only begins like a picture’s', 'image/png+xml'],
    ['no type', ''],
  ])('%s', async (_, type) => {
    const server = await start(answer(200, { 'content-type': type }));
    expect(await fetchPicture(address, server.url)).toBeNull();
  });

  it.each([301, 302, 307, 308])('a redirect (%i), and does not follow it', async (status) => {
    const elsewhere = await start(answer(200, { 'content-type': 'image/jpeg' }));
    const server = await start(answer(status, { location: elsewhere.url, 'content-type': 'image/jpeg' }));
    expect(await fetchPicture(address, server.url)).toBeNull();
    expect(elsewhere.seen).toHaveLength(0);
  });

  it.each([204, 206, 403, 404, 500])('HTTP %i', async (status) => {
    const server = await start(answer(status, { 'content-type': 'image/jpeg' }));
    expect(await fetchPicture(address, server.url)).toBeNull();
  });

  it('more than 1 MB, and nothing at all', async () => {
    const type = { 'content-type': 'image/jpeg' };
    const large = await start(answer(200, type, Buffer.alloc(1_000_001)));
    expect(await fetchPicture(address, large.url)).toBeNull();
    const empty = await start(answer(200, type, Buffer.alloc(0)));
    expect(await fetchPicture(address, empty.url)).toBeNull();
  });

  it('an answer that does not come within 2 s', async () => {
    const server = await start(() => undefined);
    const began = performance.now();
    expect(await fetchPicture(address, server.url)).toBeNull();
    expect(performance.now() - began).toBeGreaterThan(1_900);
  });
});

it.each(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'IMAGE/PNG; q=1'])(
  'fetchPicture takes %s, byte for byte',
  async (type) => {
    const server = await start(answer(200, { 'content-type': type }));
    const picture = await fetchPicture(address, server.url);
    expect(picture).toEqual({ type: type.split(';')[0]?.toLowerCase(), bytes });
    expect(server.seen.map(({ url }) => url)).toEqual(['/dn/a/img_640x640.jpg?x=1']);
    expect(server.seen[0]?.headers['cookie'] ?? server.seen[0]?.headers['authorization']).toBeUndefined();
  },
);
