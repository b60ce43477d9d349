import { describe, expect, it } from 'vitest';
import { loginErrorCodes } from '@/lib/login/errors';
import { loginError, pageNumber, returnToParam } from '@/lib/next/search-params';
import { stubEnvironment } from '../../support/env';

stubEnvironment();

describe('the query of the login page', () => {
  it('names a failure, or an unexpected one for what we do not know', () => {
    expect(loginError({})).toBeNull();
    for (const known of loginErrorCodes) expect(loginError({ error: known })).toBe(known);
    for (const unknown of ['', 'CANCELLED', '<script>', 'constructor', ['cancelled', 'expired']]) {
      expect(loginError({ error: unknown })).toBe('unexpected');
    }
  });

  it.each([
    [{}, '/account'],
    [{ returnTo: '/cart' }, '/cart'],
    [{ returnTo: '//evil.example' }, '/account'],
    [{ returnTo: ['/a', '/b'] }, '/account'],
    [{ callbackUrl: '/cart' }, '/cart'],
    [{ callbackUrl: 'http://localhost:3000/cart?x=1' }, '/cart?x=1'],
    [{ callbackUrl: 'http://localhost:3000//evil.example' }, '/account'],
    [{ callbackUrl: 'http://localhost:3000.evil.example/' }, '/account'],
    [{ callbackUrl: 'http://localhost:3000' }, '/account'],
    [{ callbackUrl: 'https://evil.example/cart' }, '/account'],
    [{ returnTo: '/cart', callbackUrl: '/other' }, '/cart'],
  ])('%j leads to %s', (params, path) => {
    expect(returnToParam(params)).toBe(path);
  });
});

describe('the page of a list', () => {
  it.each([undefined, '', '0', '-1', '01', '1.5', '1e3', '99999', ' 2', 'two', ['2', '3']])(
    'is the first for %j',
    (page) => {
      expect(pageNumber({ page })).toBe(1);
    },
  );

  it('is the one that is asked for', () => {
    expect(pageNumber({ page: '3' })).toBe(3);
  });
});
