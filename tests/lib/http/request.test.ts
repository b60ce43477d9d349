import { describe, expect, it } from 'vitest';
import { assertSameOrigin, deviceOf, readBody, readForm, readUpTo, requestId } from '@/lib/http/request';
import { stubEnvironment } from '../../support/env';

stubEnvironment({ NEXTAUTH_URL: 'https://example.com', TRUSTED_PROXY_HOPS: '1' });

const post = (body: BodyInit | null, headers: Record<string, string> = {}) =>
  new Request('http://localhost/', { method: 'POST', body, headers });
const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** A body of this many bytes that does not say how long it is. */
function streamOf(bytes: number): Request {
  let left = bytes;
  const body = new ReadableStream({
    pull(controller) {
      const chunk = new Uint8Array(Math.min(left, 10_000)).fill(97);
      left -= chunk.length;
      if (chunk.length > 0) controller.enqueue(chunk);
      else controller.close();
    },
  });
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half', headers: form };
  return new Request('http://localhost/', init);
}

describe('an unsafe request is refused', () => {
  it.each([
    ['that does not say where it comes from', {}],
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from another subdomain', { 'sec-fetch-site': 'same-site' }],
    ['that was typed into the address bar', { 'sec-fetch-site': 'none' }],
    ['from another origin', { origin: 'https://evil.example' }],
    ['from our host over http', { origin: 'http://example.com' }],
    ['from another port', { origin: 'https://example.com:8443' }],
    ['from an origin that begins like ours', { origin: 'https://example.com.evil.example' }],
    ['from an opaque origin', { origin: 'null' }],
    ['that only has a referer', { referer: 'https://example.com/login' }],
    ['whose host claims to be ours', { host: 'example.com', 'x-forwarded-host': 'example.com' }],
  ])('%s', (_, headers) => {
    expect(() => assertSameOrigin(new Headers(headers))).toThrow(
      expect.objectContaining({ code: 'CROSS_ORIGIN' }),
    );
  });

  it('unless it is same-origin, or has our origin', () => {
    expect(() => assertSameOrigin(new Headers({ 'sec-fetch-site': 'same-origin' }))).not.toThrow();
    expect(() => assertSameOrigin(new Headers({ origin: 'https://example.com' }))).not.toThrow();
  });
});

describe('a body is refused', () => {
  const tooLarge = expect.objectContaining({ code: 'TOO_LARGE' });

  it('that says it is more than 64 KB', async () => {
    await expect(readBody(post('x', { 'content-length': '65537' }))).rejects.toEqual(tooLarge);
  });

  it('that is more than 64 KB without saying so', async () => {
    await expect(readBody(streamOf(65_537))).rejects.toEqual(tooLarge);
    await expect(readBody(streamOf(5_000_000))).rejects.toEqual(tooLarge);
    expect(await readBody(streamOf(65_536))).toHaveLength(65_536);
  });

  it.each(['multipart/form-data; boundary=x', 'application/json', 'text/plain', ''])(
    'as a form when it is %j',
    async (type) => {
      const request = post(new TextEncoder().encode('a=b'), { 'content-type': type });
      await expect(readForm(request)).rejects.toMatchObject({ code: 'UNSUPPORTED_TYPE' });
    },
  );
});

it('a form is read, and an empty body is an empty form', async () => {
  const type = { 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=UTF-8' };
  expect((await readForm(post('returnTo=%2Fa&x=%EC%B6%98', type))).get('x')).toBe('춘');
  expect([...(await readForm(post(null)))]).toEqual([]);
});

describe('of a device is kept', () => {
  it('its user agent without control characters and not all of it', () => {
    const headers = new Headers({ 'user-agent': `Mozilla\t${'x'.repeat(500)}` });
    expect(deviceOf(headers).userAgent).toBe(`Mozilla${'x'.repeat(249)}`);
    expect(deviceOf(new Headers()).userAgent).toBeNull();
  });

  it('only the network it came from', () => {
    const headers = new Headers({
      'x-socket-address': '10.0.0.1',
      'x-forwarded-for': '1.1.1.1, 203.0.113.5',
    });
    expect(deviceOf(headers).ip).toBe('203.0.113.0/24');
    expect(deviceOf(new Headers()).ip).toBeNull();
  });
});

it('a request without an id is unknown', () => {
  expect(requestId(new Headers())).toBe('unknown');
  expect(requestId(new Headers({ 'x-request-id': 'r1' }))).toBe('r1');
});

describe('a body that comes byte by byte', () => {
  async function* bytes(count: number) {
    for (let sent = 0; sent < count; sent += 1) yield Buffer.from('a');
  }

  it('is refused beyond the limit', async () => {
    expect(await readUpTo(bytes(1_001), 1_000)).toBeNull();
  });

  it('takes no more memory than twice its size', async () => {
    const body = await readUpTo(bytes(65_000), 65_536);
    expect(body?.toString()).toBe('a'.repeat(65_000));
    expect(body?.buffer.byteLength).toBeLessThanOrEqual(131_072);
  });
});
