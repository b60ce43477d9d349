import { Problem } from './problem';

const elsewhere = ['access_token', 'access-token', 'x-access-token', 'x-auth-token', 'token', 'kakao-token'];

/**
 * The Kakao access token of a request: `Authorization: Bearer <token>`, or the bare token there.
 *
 * @throws Problem `INVALID_TOKEN`, with a detail that names the mistake: another header, another scheme,
 *   a JWT where Kakao's opaque token belongs. Such a token is never sent to Kakao.
 */
export function readAccessToken(headers: Headers): string {
  const value = headers.get('authorization')?.trim() ?? '';
  if (!value) throw invalid(missing(headers));
  const token = /^bearer$/i.test(value) ? '' : value.replace(/^bearer +/i, '').trim();
  if (!token) throw invalid('The Authorization header has no token after the word Bearer.');
  if (/^eyJ[\w-]*\.[\w-]*\.[\w-]*$/.test(token)) {
    throw invalid(`${jwtMistake(token)} Send the Kakao access token, which has no dots.`);
  }
  if (/\s/.test(token)) throw invalid('Send Authorization: Bearer followed by the Kakao access token alone.');
  if (!/^[\x21-\x7e]{1,1024}$/.test(token)) throw invalid('This cannot be a Kakao access token.');
  return token;
}

/** Whether a token that Kakao refused has the shape of an authorization code. */
export function looksLikeAuthorizationCode(token: string): boolean {
  return /^[\w-]{80,}$/.test(token);
}

/** Kakao signs its ID tokens with RS256; our own tokens are HS256. */
function jwtMistake(token: string): string {
  const header = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString();
  if (header.includes('"HS256"')) return 'This is a JWT, a token of this service: use it for /api/me.';
  return header.includes('"RS256"') ? 'This is a JWT, an ID token of Kakao.' : 'This is a JWT.';
}

function missing(headers: Headers): string {
  const found = elsewhere.find((name) => headers.has(name));
  const start = found ? `The token is in the ${found} header.` : 'The Authorization header is missing.';
  return `${start} Send the Kakao access token as Authorization: Bearer <token>.`;
}

function invalid(detail: string): Problem {
  return new Problem('INVALID_TOKEN', detail);
}
