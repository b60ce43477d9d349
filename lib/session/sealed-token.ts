import type { webcrypto } from 'node:crypto';
import type { Keyring } from './keyring';

const version = 'v1';
const ivBytes = 12;

/** Whose token it is, and which one: a sealed token opens for no other. */
export interface TokenOwner {
  readonly userId: string;
  readonly field: 'access' | 'refresh';
}

/**
 * Seals a token for the database: AES-256-GCM (NIST SP 800-38D) with a random IV, user and field as additional data.
 *
 * @returns `v1.<kid>.<IV and ciphertext, base64url>`
 */
export async function sealToken(keyring: Keyring, owner: TokenOwner, token: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
  const key = await keyring.newest.kakaoToken;
  const sealed = await crypto.subtle.encrypt(algorithm(iv, owner), key, Buffer.from(token, 'utf8'));
  const box = Buffer.concat([iv, Buffer.from(sealed)]).toString('base64url');
  return `${version}.${keyring.newest.kid}.${box}`;
}

/** Opens what {@link sealToken} made; `null` for any other text, another owner, or a secret that is no longer in force. */
export async function openToken(keyring: Keyring, owner: TokenOwner, sealed: string): Promise<string | null> {
  const [made, kid = '', text = '', more] = sealed.split('.');
  const keys = keyring.byKid.get(kid);
  const box = Buffer.from(text, 'base64url');
  if (made !== version || !keys || more !== undefined || box.length <= ivBytes) return null;
  try {
    const parameters = algorithm(box.subarray(0, ivBytes), owner);
    const opened = await crypto.subtle.decrypt(parameters, await keys.kakaoToken, box.subarray(ivBytes));
    return Buffer.from(opened).toString('utf8');
  } catch {
    return null;
  }
}

function algorithm(iv: Uint8Array<ArrayBuffer>, { userId, field }: TokenOwner): webcrypto.AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: Buffer.from(`${field}:${userId}`, 'utf8') };
}
