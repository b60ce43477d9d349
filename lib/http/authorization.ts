import { createHash, timingSafeEqual } from 'node:crypto';
import { Problem } from './problem';
import { assertWithinRate } from './rate-limit';

/**
 * Whether an `Authorization` header is this scheme with this secret. Takes the same time whatever is sent.
 */
export function isAuthorization(
  authorization: string | null,
  scheme: 'Bearer' | 'KakaoAK',
  secret: string,
): boolean {
  const [, name = '', sent = ''] = /^(\w+) +(\S+) *$/.exec(authorization ?? '') ?? [];
  const isSame = timingSafeEqual(digest(sent), digest(secret));
  return isSame && name.toLowerCase() === scheme.toLowerCase();
}

/** Equal lengths, which `timingSafeEqual` needs, whatever was sent. */
function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/**
 * Lets in only a program of the operator, by `Authorization: Bearer` and the value of a setting. What is refused is counted
 * by the address of the client.
 *
 * @throws Problem `NOT_FOUND` when the setting is not made, `UNAUTHENTICATED`, `TOO_MANY_REQUESTS`
 */
export async function assertOperator(
  headers: Headers,
  { name, value }: { readonly name: string; readonly value: string | undefined },
): Promise<void> {
  if (value === undefined) throw new Problem('NOT_FOUND', `Set ${name} to open this.`);
  const authorization = headers.get('authorization');
  if (isAuthorization(authorization, 'Bearer', value)) return;
  await assertWithinRate('operator', headers);
  throw new Problem('UNAUTHENTICATED', `Send Authorization: Bearer and the value of ${name}.`, {
    'www-authenticate': authorization === null ? 'Bearer' : 'Bearer error="invalid_token"',
  });
}
