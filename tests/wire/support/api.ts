import { expect } from 'vitest';
import { type Answer, send } from '../../stack/http';
import type { Stack } from '../../stack/servers';

/** `POST /api/auth/kakao` with this `Authorization` header, or without one. */
export function signInWith(
  stack: Stack,
  authorization?: string,
  headers: Record<string, string> = {},
  query = '',
): Promise<Answer> {
  return send(`${stack.appUrl}/api/auth/kakao${query}`, {
    method: 'POST',
    headers: authorization === undefined ? headers : { authorization, ...headers },
  });
}

/** A refusal as the API promises it: status, code, the five members, the id, and nobody stores it. */
export function expectProblem(answer: Answer, status: number, message: string): void {
  const problem = answer.json();
  expect([answer.status, problem['message']]).toEqual([status, message]);
  expect(problem).toEqual({
    message,
    title: expect.stringMatching(/\S/),
    status,
    detail: expect.stringMatching(/\S.*\.$/),
    requestId: answer.headers['x-request-id'],
  });
  expect(problem['requestId']).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(answer.headers['cache-control']).toBe('private, no-store');
  expect(answer.setCookies).toEqual([]);
}
