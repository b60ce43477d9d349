import { KakaoError } from './errors';
import { sendForBytes } from './http';
import { readImageUrl } from './user';

/** A person's picture. `type` is one that browsers show and run nothing of. */
export interface Picture {
  readonly type: string;
  readonly bytes: Buffer<ArrayBuffer>;
}

const types: readonly string[] = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];
const timeoutMs = 2_000;

/**
 * Fetches a person's picture from its address at Kakao. `null` when there is none to show: the host is not Kakao's, no
 * answer within 2 s, a redirect, more than 1 MB, or another type. A local Kakao is asked in place of Kakao's hosts.
 */
export async function fetchPicture(address: string, localKakao: string | null): Promise<Picture | null> {
  const known = readImageUrl(address);
  if (known === null) return null;
  const { pathname, search } = new URL(known);
  const url = localKakao === null ? known : `${localKakao}${pathname}${search}`;
  const headers = { accept: types.join(', ') };
  try {
    const deadline = Date.now() + timeoutMs;
    const { status, contentType, bytes } = await sendForBytes({
      method: 'GET',
      url,
      headers,
      timeoutMs,
      deadline,
    });
    const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
    return status === 200 && types.includes(type) && bytes.length > 0 ? { type, bytes } : null;
  } catch (error) {
    if (error instanceof KakaoError) return null;
    throw error;
  }
}
