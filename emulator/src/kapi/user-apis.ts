import type { Handler } from '../server/request.ts';
import { accessTokenInfo } from './access-token-info.ts';
import { logoutTokens, signup, unlink } from './connection.ts';
import { revokeScopes, scopes } from './scopes.ts';
import { revokeServiceTerms, serviceTerms, upgradeServiceTerms } from './service-terms.ts';
import { shippingAddress } from './shipping-address.ts';
import { appUsers, userIds } from './user-lists.ts';
import { userMe } from './user-me.ts';
import { updateProfile } from './user-properties.ts';
import { userinfo } from './userinfo.ts';

/** The paths of kapi, by method. */
export const userApis: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  '/v2/user/me': { GET: userMe, POST: userMe },
  '/v1/oidc/userinfo': { GET: userinfo },
  '/v1/user/access_token_info': { GET: accessTokenInfo },
  '/v1/user/check_access_token': { GET: accessTokenInfo },
  '/v1/user/ids': { GET: userIds },
  '/v1/user/logout': { POST: logoutTokens },
  '/v1/user/shipping_address': { GET: shippingAddress },
  '/v1/user/signup': { POST: signup },
  '/v1/user/unlink': { POST: unlink },
  '/v1/user/update_profile': { POST: updateProfile },
  '/v2/app/users': { GET: appUsers },
  '/v2/user/scopes': { GET: scopes },
  '/v2/user/service_terms': { GET: serviceTerms },
  '/v2/user/revoke/service_terms': { POST: revokeServiceTerms },
  '/v2/user/upgrade/service_terms': { POST: upgradeServiceTerms },
  '/v2/user/revoke/scopes': { POST: revokeScopes },
};
