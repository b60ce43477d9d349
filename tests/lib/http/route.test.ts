import { describe, expect, it } from 'vitest';
import { DatabaseError } from '@/lib/db/errors';
import { Prisma } from '@/lib/db/generated/client';
import { Problem, problemResponse } from '@/lib/http/problem';
import { privateJson, route, seeOther } from '@/lib/http/route';
import { LoginError } from '@/lib/login/errors';
import { text } from '@/lib/text';
import { stubEnvironment } from '../../support/env';

stubEnvironment();

const request = (method = 'GET') =>
  new Request('http://localhost/', { method, headers: { 'x-request-id': 'r1' } });
const ok = async () => new Response('ok');
const failing = async (): Promise<Response> => {
  throw new Error('database password is hunter2');
};

describe('a route refuses', () => {
  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'] as const)('%s when it only has POST', async (method) => {
    const answer = await route({ POST: ok })[method](request(method));
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST, OPTIONS');
    expect(await answer.json()).toMatchObject({
      message: 'METHOD_NOT_ALLOWED',
      status: 405,
      requestId: 'r1',
    });
  });

  it('HEAD where GET may not run twice', async () => {
    expect((await route({ GET: ok }, { head: false }).HEAD(request('HEAD'))).status).toBe(405);
    expect((await route({ GET: ok }).HEAD(request('HEAD'))).status).toBe(200);
  });

  it('with the problem that was thrown', async () => {
    const handler = async (): Promise<Response> => {
      throw new Problem('TOO_MANY_REQUESTS', 'Wait.', { 'retry-after': '5' });
    };
    const answer = await route({ GET: handler }).GET(request());
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('5');
  });

  it.each([
    ['locked', () => new DatabaseError('busy', 'locked')],
    ['met on the way to a login', () => new LoginError('unexpected', new DatabaseError('unusable', 'full'))],
    [
      'met by Prisma',
      () => new Prisma.PrismaClientKnownRequestError('full', { code: 'unusable', clientVersion: '7' }),
    ],
  ])('with UNAVAILABLE and when to try again, while the database is %s', async (_, error) => {
    const handler = async (): Promise<Response> => {
      throw error();
    };
    const answer = await route({ GET: handler }).GET(request());
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await answer.json()).toMatchObject({ message: 'UNAVAILABLE', requestId: 'r1' });
  });

  it('with a page, whoever pressed a button while the database cannot be used', async () => {
    const handler = async (): Promise<Response> => {
      throw new DatabaseError('unusable', 'disk image is <malformed>');
    };
    const headers = { accept: 'text/html,*/*', 'accept-language': 'en', 'x-request-id': '0a1b2c3d-r1' };
    const pressed = new Request('http://localhost/logout', { method: 'POST', headers });
    const answer = await route({ POST: handler }).POST(pressed);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const page = await answer.text();
    expect(page).toContain(text('en').plain.unavailable.title);
    expect(page).toContain('<code>0a1b2c3d</code>');
    expect(page).not.toContain('malformed');
    const called = new Request('http://localhost/api/me', { method: 'POST', headers });
    const forPrograms = await route({ POST: handler }).POST(called);
    expect(forPrograms.headers.get('content-type')).toBe('application/problem+json');
  });

  it('with INTERNAL for everything unforeseen, without a word of it', async () => {
    const answer = await route({ GET: failing }).GET(request());
    expect(answer.status).toBe(500);
    const body = await answer.text();
    expect(body).not.toContain('hunter2');
    expect(JSON.parse(body)).toMatchObject({ message: 'INTERNAL', requestId: 'r1' });
  });
});

it('a problem is application/problem+json that nobody stores', async () => {
  const answer = problemResponse(new Problem('KEY_ERROR', 'Try again.'), 'r2');
  expect(answer.status).toBe(400);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  expect(await answer.json()).toEqual({
    message: 'KEY_ERROR',
    title: expect.any(String),
    status: 400,
    detail: 'Try again.',
    requestId: 'r2',
  });
});

it.each([
  ['INVALID_TOKEN', 400],
  ['KEY_ERROR', 400],
  ['NOT_FOUND_IN_KAKAO', 404],
  ['TOKEN_OF_ANOTHER_APP', 403],
  ['UNDER_14', 403],
  ['BLOCKED', 403],
  ['KAKAO_UNAVAILABLE', 503],
  ['UNAUTHENTICATED', 401],
  ['CROSS_ORIGIN', 403],
  ['NOT_FOUND', 404],
  ['METHOD_NOT_ALLOWED', 405],
  ['TOO_LARGE', 413],
  ['UNSUPPORTED_TYPE', 415],
  ['TOO_MANY_REQUESTS', 429],
  ['INTERNAL', 500],
] as const)('%s is HTTP %i', (code, status) => {
  expect(problemResponse(new Problem(code, 'x'), 'r').status).toBe(status);
});

it('a redirect is 303, relative, with every cookie by itself, and is not stored', () => {
  const answer = seeOther('/account', ['a=1', 'b=2']);
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/account');
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
});

it('an answer about a person is not stored', async () => {
  const answer = privateJson({ a: 1 }, { setCookies: ['a=1'] });
  expect(answer.headers.getSetCookie()).toEqual(['a=1']);
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(await answer.json()).toEqual({ a: 1 });
});
