import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SealingKeys } from './keyring';

/** `v1` was sealed with a key of a secret that signs; nothing is sealed like that any more. */
const [formerVersion, version] = ['v1', 'v2'];
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
 * @returns `v2.<kid>.<IV, ciphertext and tag, base64url>`
 */
export function sealToken({ newest }: SealingKeys, owner: TokenOwner, token: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, newest.key, iv, { authTagLength: tagBytes });
  cipher.setAAD(ownerData(owner));
  const box = [iv, cipher.update(token, 'utf8'), cipher.final(), cipher.getAuthTag()];
  return `${version}.${newest.kid}.${Buffer.concat(box).toString('base64url')}`;
}

/** Opens what {@link sealToken} made, here or in an earlier version; `null` for any other text, another owner, or a secret that is no longer in force. */
export function openToken(keys: SealingKeys, owner: TokenOwner, sealed: string): string | null {
  const [made, kid = '', text = '', more] = sealed.split('.');
  const known = made === version ? keys.byKid : made === formerVersion ? keys.former : null;
  const found = known?.get(kid);
  const box = Buffer.from(text, 'base64url');
  if (!found || more !== undefined || box.length < ivBytes + tagBytes) return null;
  try {
    const iv = box.subarray(0, ivBytes);
    const decipher = createDecipheriv(algorithm, found.key, iv, { authTagLength: tagBytes });
    decipher.setAAD(ownerData(owner));
    decipher.setAuthTag(box.subarray(-tagBytes));
    const opened = [decipher.update(box.subarray(ivBytes, -tagBytes)), decipher.final()];
    return Buffer.concat(opened).toString('utf8');
  } catch {
    return null;
  }
}

/** Whether a sealed token needs none but the newest secret to be opened. */
export function isSealedByNewest({ newest }: SealingKeys, sealed: string): boolean {
  return sealed.startsWith(`${version}.${newest.kid}.`);
}

function ownerData({ userId, field }: TokenOwner): Buffer {
  return Buffer.from(`${field}:${userId}`, 'utf8');
}
