import type { JsonObject } from '../server/json.ts';
import { jsonReply, type Reply } from '../server/reply.ts';

interface Meaning {
  readonly status: number;
  readonly msg: string;
}

/** Kakao's codes with HTTP status and usual text (developers.kakao.com/docs/ko/rest-api/error-code). */
const meanings: Readonly<Record<number, Meaning>> = {
  [-1]: { status: 400, msg: 'internal server error' },
  [-2]: { status: 400, msg: 'invalid parameter' },
  [-3]: { status: 403, msg: 'the feature is not enabled for this app' },
  [-4]: { status: 403, msg: 'the account is blocked' },
  [-5]: { status: 403, msg: 'the app has no permission for this API' },
  [-6]: { status: 403, msg: 'the action is not allowed' },
  [-7]: { status: 400, msg: 'the service is under maintenance' },
  [-8]: { status: 400, msg: 'bad header' },
  [-9]: { status: 400, msg: 'the API has been discontinued' },
  [-10]: { status: 400, msg: 'API limit has been exceeded.' },
  [-11]: { status: 400, msg: 'the budget of this API has been exceeded' },
  [-12]: { status: 403, msg: 'the app or the developer account is sanctioned' },
  [-101]: { status: 400, msg: 'NotRegisteredUserException' },
  [-102]: { status: 400, msg: 'already registered' },
  [-103]: { status: 400, msg: 'the Kakao Account is dormant or does not exist' },
  [-201]: { status: 400, msg: 'user property not found' },
  [-401]: { status: 401, msg: 'this access token does not exist' },
  [-402]: { status: 403, msg: 'insufficient scopes.' },
  [-406]: { status: 401, msg: 'users under age 14 are not allowed' },
  [-501]: { status: 400, msg: 'the user has no Kakao Talk' },
  [-603]: { status: 400, msg: 'timeout inside Kakao' },
  [-903]: { status: 400, msg: 'the app key is not registered' },
  [-9798]: { status: 503, msg: 'service maintenance' },
};

/**
 * The refusal of a user API: `{"msg", "code"}` with Kakao's HTTP status; `-401` carries `WWW-Authenticate`.
 * `msg` is informational, as at Kakao.
 */
export function kapiError(code: number, msg?: string, more: JsonObject = {}): Reply {
  const meaning = meanings[code] ?? { status: 400, msg: `error ${code}` };
  const challenge: Record<string, string> =
    code === -401 ? { 'WWW-Authenticate': 'Bearer error=invalid_token' } : {};
  return jsonReply({ msg: msg ?? meaning.msg, code, ...more }, meaning.status, challenge);
}
