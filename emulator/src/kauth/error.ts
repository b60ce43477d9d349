import { koeMeaning } from '../refusals/koe-codes.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { World } from '../world/world.ts';

/**
 * The refusal of the token endpoint: `{"error", "error_description", "error_code"}` (RFC 6749 5.2 and
 * developers.kakao.com/docs/ko/kakaologin/trouble-shooting), as the setting `koeAnswers` may have changed it.
 * `value` stands in the description of some. KOE101 carries `WWW-Authenticate`.
 */
export function koeError(code: string, world: World, value: string | null = null): Reply {
  const usual = koeMeaning(code);
  const { status = usual.status, error = usual.error, description } = world.settings.koeAnswers[code] ?? {};
  // A replacer function, because the value may hold `$&` and the like.
  const text = (description ?? usual.text).replace('%s', () => String(value));
  const challenge: Record<string, string> =
    code === 'KOE101' ? { 'WWW-Authenticate': 'Bearer error=invalid_client' } : {};
  return jsonReply({ error, error_description: text, error_code: code }, status, challenge);
}
