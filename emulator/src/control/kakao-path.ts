import { isKakaoPath } from '../routes.ts';
import type { Rule } from './body-shape.ts';

/** A path that Kakao (rather than the emulator itself) has. */
export const kakaoPath: Rule = {
  must: 'be a path of Kakao, such as "/v2/user/me"',
  test: (value) => typeof value === 'string' && isKakaoPath(value),
  schema: { type: 'string' },
};
