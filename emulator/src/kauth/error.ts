import { jsonReply, type Reply } from '../server/reply.ts';

interface Meaning {
  readonly status: number;
  readonly error: string;
}

/** HTTP status and OAuth `error` by KOE code; those that Kakao has not documented are 400. */
const meanings: Readonly<Record<string, Meaning>> = {
  KOE003: { status: 400, error: 'server_error' },
  KOE009: { status: 400, error: 'misconfigured' },
  KOE010: { status: 401, error: 'invalid_client' },
  KOE101: { status: 401, error: 'invalid_client' },
  KOE114: { status: 400, error: 'invalid_grant' },
  KOE237: { status: 400, error: 'invalid_request' },
  KOE303: { status: 400, error: 'invalid_grant' },
  KOE310: { status: 400, error: 'unsupported_grant_type' },
  KOE313: { status: 400, error: 'invalid_grant' },
  KOE319: { status: 400, error: 'invalid_grant' },
  KOE320: { status: 400, error: 'invalid_grant' },
  KOE322: { status: 400, error: 'invalid_grant' },
  KOE400: { status: 400, error: 'invalid_token' },
};

/**
 * The refusal of the token endpoint: `{"error", "error_description", "error_code"}` (RFC 6749 5.2 and
 * developers.kakao.com/docs/ko/kakaologin/trouble-shooting). KOE101 carries `WWW-Authenticate`.
 */
export function koeError(code: string, description: string): Reply {
  const meaning = meanings[code] ?? { status: 400, error: 'invalid_request' };
  const challenge: Record<string, string> =
    code === 'KOE101' ? { 'WWW-Authenticate': 'Bearer error=invalid_client' } : {};
  return jsonReply(
    { error: meaning.error, error_description: description, error_code: code },
    meaning.status,
    challenge,
  );
}
