import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import type { Database } from '../db/client';
import { DatabaseError } from '../db/errors';
import { findSealedKey, hasLastingRefusals, storeSealedKey } from '../db/refusals';
import { openJwe, sealJwe } from '../session/jwt';
import type { Keyring } from '../session/keyring';

const name = 'refusals';

/**
 * The keyed hash of a Kakao id (HMAC-SHA256, RFC 2104) by which somebody is refused who has no user here. Its key is made
 * once for a database and kept there, sealed under the newest secret; under an older one it is sealed again, so that the
 * older secret may go. With `keepsKey` a key that is there stays as it is: a command may run with other secrets than the
 * server.
 *
 * @throws DatabaseError `unusable` when no secret in force opens the key and people are refused by it for good
 */
export async function loadRefusalId(
  db: Database,
  keyring: Keyring,
  { keepsKey = false, now = new Date() }: { readonly keepsKey?: boolean; readonly now?: Date } = {},
): Promise<(kakaoId: string) => string> {
  const key = await loadKey(db, keyring, { keepsKey, at: now });
  return (kakaoId) => createHmac('sha256', key).update(kakaoId).digest('base64url');
}

async function loadKey(
  db: Database,
  keyring: Keyring,
  { keepsKey, at }: { readonly keepsKey: boolean; readonly at: Date },
): Promise<KeyObject> {
  for (let stored = await findSealedKey(db, name); ; ) {
    const newest = stored === null ? null : open(newestAlone(keyring), stored);
    if (newest) return newest;
    const known = stored === null ? null : open(keyring, stored);
    if (known && keepsKey) return known;
    if (stored !== null && !known && (keepsKey || (await hasLastingRefusals(db)))) throw cannotOpen();
    const key = known ?? createSecretKey(randomBytes(32));
    const sealed = sealJwe(keyring, 'refusalKey', key.export().toString('base64url'));
    // Of any number of processes that start at once one stores its key; the others read that one.
    stored = await storeSealedKey(db, name, { earlier: stored, sealed, at });
  }
}

function newestAlone(keyring: Keyring): Keyring {
  return { ...keyring, byKid: new Map([[keyring.newest.kid, keyring.newest]]) };
}

function open(keyring: Keyring, sealed: string): KeyObject | null {
  try {
    return createSecretKey(Buffer.from(openJwe(keyring, 'refusalKey', sealed), 'base64url'));
  } catch {
    return null;
  }
}

function cannotOpen(): DatabaseError {
  return new DatabaseError(
    'unusable',
    'NEXTAUTH_SECRET does not open the key by which blocked people are recognised. Start once with the earlier secret behind it (new,earlier); then the earlier one may go.',
  );
}
