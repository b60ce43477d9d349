import { expect, it } from 'vitest';
import { scopeParam } from '@/lib/login-params';

it.each([
  'constructor',
  '__proto__',
  'account_email constructor',
  'Email',
  'a'.repeat(65),
  '<b>',
  Array.from({ length: 21 }, (_, i) => 'a'.repeat(i + 1)).join(' '),
  ['gender', 'name'],
])('consent items cannot be asked for by %j', (value) => {
  expect(scopeParam(value)).toBeNull();
});

it('consent items stand apart by spaces or commas, each once', () => {
  expect(scopeParam('gender, account_email gender')).toEqual(['gender', 'account_email']);
  expect(scopeParam(undefined)).toEqual([]);
});
