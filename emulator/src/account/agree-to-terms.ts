import type { Link } from '../world/links.ts';
import type { TermAgreement } from '../world/service-terms.ts';
import { now, type World } from '../world/world.ts';

/** Agrees to terms of the service by their tags; who does so on the consent screen came through Kakao Sync. */
export function agreeToTerms(
  world: World,
  link: Link,
  tags: readonly string[],
  by: TermAgreement['by'],
): void {
  const at = now(world);
  for (const tag of tags) link.terms.set(tag, { at, by });
  if (tags.length > 0 && by === 'KAUTH') link.synchedAt ??= at;
}
