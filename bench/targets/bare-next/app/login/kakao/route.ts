import { bareConfig } from '../../../config';

/** The shortest way to Kakao: no state, no nonce, no PKCE, no cookie. */
export async function POST(): Promise<Response> {
  const { authOrigin, clientId, redirectUri } = bareConfig();
  const url = new URL('/oauth/authorize', authOrigin);
  url.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
  }).toString();
  return new Response(null, { status: 303, headers: { location: url.href } });
}
