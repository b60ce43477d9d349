import type { Handler } from '../server/request.ts';
import { accessTokenInfo } from './access-token-info.ts';
import { logoutTokens } from './logout.ts';
import { revokeScopes } from './revoke-scopes.ts';
import { scopes } from './scopes.ts';
import { unlink } from './unlink.ts';
import { userMe } from './user-me.ts';
import { userinfo } from './userinfo.ts';

/** The paths of kapi, by method. */
export const userApis: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  '/v2/user/me': { GET: userMe, POST: userMe },
  '/v1/oidc/userinfo': { GET: userinfo },
  '/v1/user/access_token_info': { GET: accessTokenInfo },
  '/v1/user/logout': { POST: logoutTokens },
  '/v1/user/unlink': { POST: unlink },
  '/v2/user/scopes': { GET: scopes },
  '/v2/user/revoke/scopes': { POST: revokeScopes },
};
