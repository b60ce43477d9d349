import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '@/lib/http/csp';
import { readEnv } from '@/lib/server/env';

const usable = {
  NEXTAUTH_URL: 'https://example.com',
  NEXTAUTH_SECRET: 'a-secret-for-tests-of-at-least-32-bytes',
  KAKAO_CLIENT_ID: 'rest-api-key',
  KAKAO_APP_ID: '1234567',
};
const production = readEnv({ ...usable, NODE_ENV: 'production' });
const development = readEnv({ ...usable, NODE_ENV: 'development' });

/** The sources of each directive. */
function directives(policy: string): Record<string, string[]> {
  return Object.fromEntries(
    policy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources];
    }),
  );
}

describe('the policy of a document in production', () => {
  const policy = directives(contentSecurityPolicy('bm9uY2U=', production));

  it('allows nothing unsafe', () => {
    expect(contentSecurityPolicy('bm9uY2U=', production)).not.toMatch(/unsafe|\*(?!\.kakao)|http:|ws:/);
  });

  it('runs only scripts that carry this nonce', () => {
    expect(policy['script-src']).toEqual(["'self'", "'nonce-bm9uY2U='", "'strict-dynamic'"]);
  });

  it.each(['object-src', 'base-uri', 'frame-ancestors'])('has no %s', (name) => {
    expect(policy[name]).toEqual(["'none'"]);
  });

  it('sends forms to ourselves and on to Kakao, nowhere else', () => {
    expect(policy['form-action']).toEqual([
      "'self'",
      'https://kauth.kakao.com',
      'https://accounts.kakao.com',
    ]);
  });

  it('loads pictures from here only', () => {
    expect(policy['img-src']).toEqual(["'self'", 'data:']);
  });
});

it('development adds what its tools need, and keeps the rest', () => {
  const policy = directives(contentSecurityPolicy('n', development));
  expect(policy['script-src']).toContain("'unsafe-eval'");
  expect(policy['frame-ancestors']).toEqual(["'none'"]);
});
