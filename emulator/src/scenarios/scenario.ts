import type { FaultEffect } from '../world/faults.ts';

/** A failure by name. */
export interface Scenario {
  readonly name: string;
  /** What happens, in words. */
  readonly what: string;
  /** Kakao's code, if it has one. */
  readonly code: string | number | null;
  /** Where it may happen, the usual place first. */
  readonly endpoints: readonly string[];
  /** Whether it happens at all of them, instead of the usual or the named one. */
  readonly everywhere: boolean;
  readonly effect: FaultEffect;
  /** A page of developers.kakao.com/docs/ko, or where else it is known from. */
  readonly source: string;
}

/** What a user token or an admin key opens. */
export const userApis: readonly string[] = [
  '/v2/user/me',
  '/v1/user/access_token_info',
  '/v1/oidc/userinfo',
  '/v1/user/logout',
  '/v1/user/unlink',
  '/v1/user/signup',
  '/v1/user/update_profile',
  '/v1/user/shipping_address',
  '/v1/user/ids',
  '/v2/app/users',
  '/v2/user/scopes',
  '/v2/user/revoke/scopes',
  '/v2/user/service_terms',
  '/v2/user/revoke/service_terms',
  '/v2/user/upgrade/service_terms',
];
