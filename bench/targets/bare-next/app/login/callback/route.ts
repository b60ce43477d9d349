import { bareConfig } from '../../../config';

/** The shortest way back: exchange, profile, an unsigned cookie. Nothing is checked or stored. */
export async function GET(request: Request): Promise<Response> {
  const { authOrigin, apiOrigin, clientId, clientSecret, redirectUri } = bareConfig();
  const code = new URL(request.url).searchParams.get('code') ?? '';
  const form = { grant_type: 'authorization_code', client_id: clientId, client_secret: clientSecret };
  const tokenAnswer = await fetch(`${authOrigin}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...form, redirect_uri: redirectUri, code }),
  });
  const tokens = (await tokenAnswer.json()) as { access_token: string };
  const userAnswer = await fetch(`${apiOrigin}/v2/user/me`, {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  });
  const session = Buffer.from(await userAnswer.text()).toString('base64url');
  const cookie = `session=${session}; Path=/; HttpOnly; SameSite=Lax`;
  return new Response(null, { status: 303, headers: { location: '/account', 'set-cookie': cookie } });
}
