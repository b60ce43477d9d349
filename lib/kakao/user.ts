import { z } from 'zod';
import { type Credential, getResource } from './api';
import type { KakaoConfig } from './config';
import { KakaoError } from './errors';

/**
 * A person as Kakao describes them. `id` is a decimal string, exact to 64 bits. Everything else is
 * `null` unless the person agreed to it and it is fit for use.
 */
export interface KakaoUser {
  readonly id: string;
  readonly nickname: string | null;
  readonly profileImageUrl: string | null;
  readonly email: string | null;
}

/**
 * Fetches the profile of the person whom a credential is about (rest-api, "Retrieve user information").
 *
 * @throws KakaoError as `readApiError`, or `profile_invalid` without a usable id
 */
export async function fetchUser(
  config: KakaoConfig,
  credential: Credential,
  deadline: number,
): Promise<KakaoUser> {
  const call = { credential, timeoutMs: 3_000, deadline, parameters: { secure_resource: 'true' } };
  return readUser(await getResource(config, '/v2/user/me', call));
}

const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const profile = z
  .object({ nickname: text, is_default_nickname: flag, profile_image_url: text, is_default_image: flag })
  .optional()
  .catch(undefined);
const account = z
  .object({
    profile,
    email: text,
    is_email_valid: flag,
    is_email_verified: flag,
    email_needs_agreement: flag,
  })
  .optional()
  .catch(undefined);
const userBody = z.object({
  id: z.unknown().optional(),
  kakao_account: account,
  properties: z.object({ nickname: text }).optional().catch(undefined),
});

/**
 * Reads the body of `/v2/user/me` as parsed by `parseExactJson`.
 *
 * @throws KakaoError `profile_invalid` without a usable `id`
 */
export function readUser(body: object): KakaoUser {
  const { id: rawId, kakao_account, properties } = userBody.parse(body);
  const id = readKakaoId(rawId);
  if (id === null) throw new KakaoError('profile_invalid', 'Kakao described a person without a usable id');
  const { nickname, is_default_nickname, profile_image_url, is_default_image } = kakao_account?.profile ?? {};
  return {
    id,
    // What Kakao shows for somebody who chose nothing is not theirs, and `properties` repeats it.
    nickname:
      is_default_nickname === true ? null : (readNickname(nickname) ?? readNickname(properties?.nickname)),
    profileImageUrl: is_default_image === true ? null : readImageUrl(profile_image_url),
    email: readEmail(kakao_account),
  };
}

/** Without control, format and surrogate characters, at most 100 code points; `null` if nothing is left. */
function readNickname(value: string | undefined): string | null {
  const clean = value?.replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '').trim() ?? '';
  const short = [...clean].slice(0, 100).join('').trim();
  return isVisible(short) ? short : null;
}

/** Whether anything in it can be seen: not format characters, spaces and fillers alone. */
function isVisible(value: string): boolean {
  return /[^\p{Cf}\p{Z}\u115f\u1160\u2800\u3164\uffa0]/u.test(value);
}

/** An address of a picture: only https on Kakao's own hosts, because our server fetches what is there. */
export function readImageUrl(value: string | undefined): string | null {
  const url = value && value.length <= 2_048 && URL.canParse(value) ? new URL(value) : null;
  const ours = url?.protocol === 'https:' && /(^|\.)kakaocdn\.net$|(^|\.)kakao\.com$/.test(url.hostname);
  return url && ours && !url.port && !url.username && !url.password ? url.href : null;
}

/** Only an address that was agreed to, is valid and verified: others are masked or someone else's. */
function readEmail(from: z.infer<typeof account>): string | null {
  if (!from?.email || from.is_email_valid !== true || from.is_email_verified !== true) return null;
  if (from.email_needs_agreement === true) return null;
  return isOneAddress(from.email) ? from.email : null;
}

/**
 * Kakao has verified the address, so it is not judged by any grammar (`hana.kim.@example.ne.jp` receives mail): what is
 * refused cannot be one address. Those are masked ones, control characters and blanks, and lists.
 */
function isOneAddress(value: string): boolean {
  return (
    value.length <= 254 && /^[^\p{C}\p{Z}@,;<>]+@[^\p{C}\p{Z}@,;<>]+$/u.test(value) && !masked.test(value)
  );
}

/** `ka***@kakao.com`; a star between others can belong to an address. */
const masked = /\*{2}|\*@|@.*\*/;

const maxId = 2n ** 63n - 1n;

/**
 * Reads a Kakao id: an integer 1…2^63−1 (a `bigint` of `parseExactJson`), or the same as a string of
 * decimal digits. `null` for anything else.
 */
export function readKakaoId(value: unknown): string | null {
  if (typeof value === 'string') return /^[1-9]\d{0,18}$/.test(value) ? readKakaoId(BigInt(value)) : null;
  return typeof value === 'bigint' && value >= 1n && value <= maxId ? value.toString() : null;
}
