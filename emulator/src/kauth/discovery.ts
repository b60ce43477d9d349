import { toJson } from '../json.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { publishedKeys } from '../world/signing-keys.ts';
import type { World } from '../world/world.ts';

/** `GET /.well-known/openid-configuration` (OpenID Connect Discovery 1.0): Kakao's document with this Kakao's addresses. */
export function discovery(_request: KakaoRequest, { publicUrl, internalUrl, apiUrl }: World): Reply {
  return jsonReply({
    issuer: publicUrl,
    authorization_endpoint: `${publicUrl}/oauth/authorize`,
    token_endpoint: `${internalUrl}/oauth/token`,
    userinfo_endpoint: `${apiUrl}/v1/oidc/userinfo`,
    jwks_uri: `${internalUrl}/.well-known/jwks.json`,
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    request_uri_parameter_supported: false,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    claims_supported: [
      'iss',
      'aud',
      'sub',
      'auth_time',
      'exp',
      'iat',
      'nonce',
      'nickname',
      'picture',
      'email',
    ],
  });
}

/** `GET /.well-known/jwks.json` (RFC 7517): two RSA keys, as Kakao has. */
export async function jwks(_request: KakaoRequest, world: World): Promise<Reply> {
  const keys = await publishedKeys(world.keys);
  return jsonReply({ keys: keys.map((key) => toJson(key.publicJwk)) });
}

/** `GET /.well-known/sse-configuration`: who signs security event tokens; the path is that of Kakao's older edition. */
export function eventConfiguration(_request: KakaoRequest, { publicUrl, internalUrl }: World): Reply {
  return jsonReply({
    issuer: publicUrl,
    jwks_uri: `${internalUrl}/.well-known/jwks.json`,
    delivery_methods_supported: 'http://schemas.openid.net/secevent/risc/delivery-method/push',
  });
}
