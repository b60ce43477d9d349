import { describe, expect, it } from 'vitest';
import { readApiError } from '@/lib/kakao/errors';
import {
  additionalConsentPath,
  consentAnswerOf,
  scopeParam,
  withConsentAnswer,
} from '@/lib/login/additional-consent';

const missing = (required_scopes: unknown) =>
  readApiError(403, { msg: 'insufficient scopes.', code: -402, required_scopes });

describe('the way to an additional consent', () => {
  it.each([
    ['another error of Kakao', readApiError(400, { code: -10 })],
    ['an error that names no item', missing(undefined)],
    ['an error whose items cannot be ids', missing(['<script>', 7, ''])],
    ['an error of our own', new Error('oops')],
  ])('is none for %s', (_what, error) => {
    expect(additionalConsentPath(error, '/photos')).toBeNull();
  });

  it('names what is missing and where to come back to', () => {
    expect(additionalConsentPath(missing(['talk_message', 'friends']), '/photos?album=3')).toBe(
      '/login/consent?scope=talk_message+friends&returnTo=%2Fphotos%3Falbum%3D3',
    );
  });

  it('never leads to another site', () => {
    expect(additionalConsentPath(missing(['friends']), '//evil.example')).toBe(
      '/login/consent?scope=friends&returnTo=%2Faccount',
    );
  });
});

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

describe('the answer to a request for more consent', () => {
  it.each([
    ['/photos', '/photos?consent=agreed'],
    ['/photos?album=3#top', '/photos?album=3&consent=agreed#top'],
  ])('goes back to %s as %s', (path, marked) => {
    expect(withConsentAnswer(path, 'agreed')).toBe(marked);
    expect(consentAnswerOf(marked)).toBe('agreed');
  });

  it('is left out where the path has no room for it', () => {
    const path = `/${'a'.repeat(511)}`;
    expect(withConsentAnswer(path, 'declined')).toBe(path);
  });

  it.each(['/', '/?consent=yes', '/?noconsent=agreed', '/?consent=agreedly', '/consent=agreed'])(
    'is not read from %s',
    (path) => {
      expect(consentAnswerOf(path)).toBeNull();
    },
  );
});
