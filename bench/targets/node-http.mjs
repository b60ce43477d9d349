// Plain node:http and the shortest login there is: no state, no nonce, no PKCE, an unsigned cookie, nothing stored.
import { createServer } from 'node:http';

const { KAKAO_AUTH_ORIGIN, KAKAO_API_ORIGIN, KAKAO_CLIENT_ID, KAKAO_CLIENT_SECRET, NEXTAUTH_URL, PORT } =
  process.env;
const redirectUri = `${NEXTAUTH_URL}/login/callback`;
const query = new URLSearchParams({
  client_id: KAKAO_CLIENT_ID,
  redirect_uri: redirectUri,
  response_type: 'code',
});
const authorizeUrl = `${KAKAO_AUTH_ORIGIN}/oauth/authorize?${query}`;

async function profileFor(code) {
  const form = {
    grant_type: 'authorization_code',
    client_id: KAKAO_CLIENT_ID,
    client_secret: KAKAO_CLIENT_SECRET,
  };
  const body = new URLSearchParams({ ...form, redirect_uri: redirectUri, code });
  const tokens = await (await fetch(`${KAKAO_AUTH_ORIGIN}/oauth/token`, { method: 'POST', body })).json();
  const headers = { authorization: `Bearer ${tokens.access_token}` };
  return (await fetch(`${KAKAO_API_ORIGIN}/v2/user/me`, { headers })).text();
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, NEXTAUTH_URL);
  if (url.pathname === '/login/kakao') return response.writeHead(303, { location: authorizeUrl }).end();
  if (url.pathname === '/login/callback') {
    const session = Buffer.from(await profileFor(url.searchParams.get('code'))).toString('base64url');
    const cookie = `session=${session}; Path=/; HttpOnly; SameSite=Lax`;
    return response.writeHead(303, { location: '/account', 'set-cookie': cookie }).end();
  }
  const session = /(?:^|; )session=([^;]*)/.exec(request.headers.cookie ?? '')?.[1];
  if (!session) return response.writeHead(401).end();
  response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.from(session, 'base64url'));
});
server.listen(Number(PORT), '127.0.0.1');
