import { describe, expect, it } from 'vitest';
import { isAuthorization } from '@/lib/http/authorization';

const secret = 'the-secret';

describe.each(['Bearer', 'KakaoAK'] as const)('the secret behind %s', (scheme) => {
  const other = scheme === 'Bearer' ? 'KakaoAK' : 'Bearer';

  it.each([
    null,
    '',
    scheme,
    `${scheme} `,
    `${scheme} wrong`,
    `${scheme} the-secre`,
    `${scheme} the-secret-and-more`,
    `${scheme}the-secret`,
    `${other} the-secret`,
    'the-secret',
    `${scheme} the-secret x`,
    `x ${scheme} the-secret`,
  ])('is not shown by %j', (header) => {
    expect(isAuthorization(header, scheme, secret)).toBe(false);
  });

  it('is shown in any letters of the scheme and with any spaces behind it', () => {
    expect(isAuthorization(`${scheme} the-secret`, scheme, secret)).toBe(true);
    expect(isAuthorization(`${scheme.toLowerCase()}  the-secret `, scheme, secret)).toBe(true);
  });
});
