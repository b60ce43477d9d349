import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Keyring } from './keyring';

const version = 'v1';
const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** Whose token it is, and which one: a sealed token opens for no other. */
export interface TokenOwner {
  readonly userId: string;
  readonly field: 'access' | 'refresh';
}

/**
 * Seals a token for the database: AES-256-GCM (NIST SP 800-38D) with a random IV, user and field as additional data.
 *
 * @returns `v1.<kid>.<IV, ciphertext and tag, base64url>`
 */
export function sealToken({ newest }: Keyring, owner: TokenOwner, token: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, newest.kakaoToken, iv, { authTagLength: tagBytes });
  cipher.setAAD(ownerData(owner));
  const box = [iv, cipher.update(token, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return `${version}.${newest.kid}.${Buffer.concat(box).toString('base64url')}`;
}

/** Opens what {@link sealToken} made; `null` for any other text, another owner, or a secret that is no longer in force. */
export function openToken(keyring: Keyring, owner: TokenOwner, sealed: string): string | null {
  const [made, kid = '', text = '', more] = sealed.split('.');
  const keys = keyring.byKid.get(kid);
  const box = Buffer.from(text, 'base64url');
  if (made !== version || !keys || more !== undefined || box.length < ivBytes + tagBytes) return null;
  try {
    const iv = box.subarray(0, ivBytes);
    const decipher = createDecipheriv(algorithm, keys.kakaoToken, iv, { authTagLength: tagBytes });
    decipher.setAAD(ownerData(owner));
    decipher.setAuthTag(box.subarray(-tagBytes));
    const opened = [decipher.update(box.subarray(ivBytes, -tagBytes)), decipher.final()];
    return Buffer.concat(opened).toString('utf8');
  } catch {
    return null;
  }
}

function ownerData({ userId, field }: TokenOwner): Buffer {
  return Buffer.from(`${field}:${userId}`, 'utf8');
}
