import { CompactEncrypt, compactDecrypt } from 'jose';
import type { Keyring } from './keyring';

const longestState = 2_048;
/** The cookie of the flow holds the state too, and no browser keeps one of more than 4,096 bytes. */
const longestReturnTo = 512;

/**
 * A `state` that also says, sealed (JWE, `dir` and A256GCM, RFC 7516), where the login leads: a flow that comes back in
 * another browser than the one with its cookie can be started again with the same aim. It is good for nothing else.
 *
 * @returns `<random>.<JWE>`, or `random` alone when the path is too long to be said twice
 */
export async function stateWithReturnTo(keyring: Keyring, random: string, returnTo: string): Promise<string> {
  if (returnTo.length > longestReturnTo) return random;
  const { kid, aiming } = keyring.newest;
  const sealed = await new CompactEncrypt(Buffer.from(returnTo, 'utf8'))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid })
    .encrypt(await aiming);
  return `${random}.${sealed}`;
}

/** Where the login of a `state` was to lead; `null` for one that {@link stateWithReturnTo} did not make. */
export async function returnToOfState(keyring: Keyring, state: string): Promise<string | null> {
  const [, sealed] = /^[^.]*\.(.+)$/.exec(state) ?? [];
  if (state.length > longestState || !sealed) return null;
  try {
    const { plaintext } = await compactDecrypt(sealed, ({ kid }) => aimingKey(keyring, kid), {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return Buffer.from(plaintext).toString('utf8');
  } catch {
    return null;
  }
}

function aimingKey(keyring: Keyring, kid: string | undefined) {
  const keys = keyring.byKid.get(kid ?? '');
  if (!keys) throw new Error('unknown kid');
  return keys.aiming;
}
