import { announce } from '../webhooks/announce.ts';
import type { App } from '../world/apps.ts';
import type { TermAgreement } from '../world/consent-items.ts';
import { connect, disconnect, findLink, isPreregistered, type Link } from '../world/links.ts';
import type { User } from '../world/users.ts';
import type { UnlinkReason } from '../world/webhook-events.ts';
import { now, type World } from '../world/world.ts';

/** How long `/v1/user/signup` may take. */
const SIGNUP_LIMIT_MS = 24 * 60 * 60 * 1000;

/** Connects a person to an app, or finds the connection; a new one is announced. */
export function linkApp(world: World, app: App, user: User): Link {
  const known = findLink(world.links, app, user);
  if (known) return known;
  const link = connect(world.links, app, user, [], now(world));
  announce(world, { name: 'user-linked', app, userId: link.userId });
  return link;
}

/** Agrees to scope ids; what was not agreed to before is announced. */
export function agree(world: World, link: Link, scopes: readonly string[]): void {
  const isNew = scopes.some((scope) => !link.agreed.has(scope));
  for (const scope of scopes) link.agreed.add(scope);
  if (isNew) announce(world, { name: 'user-scope-consent', app: link.app, userId: link.userId });
}

/** Withdraws the consent to scope ids, and announces it if there was one. */
export function withdraw(world: World, link: Link, scopes: readonly string[]): void {
  const wasAgreed = scopes.filter((scope) => link.agreed.delete(scope)).length > 0;
  if (wasAgreed) announce(world, { name: 'user-scope-withdraw', app: link.app, userId: link.userId });
}

/** Agrees to terms of the service by their tags; who does so on the consent screen came through Kakao Sync. */
export function agreeToTerms(
  world: World,
  link: Link,
  { tags, by }: { tags: readonly string[]; by: TermAgreement['by'] },
): void {
  const at = now(world);
  for (const tag of tags) link.terms.set(tag, { at, by });
  if (tags.length > 0 && by === 'KAUTH') link.synchedAt ??= at;
}

/**
 * Cuts the connection between a person and an app: consents and tokens are gone at once, then the app is told.
 * `request` is the log id of the request that did it, if an app's own request did.
 */
export function unlinkApp(
  world: World,
  link: Link,
  { reason, request = 0 }: { reason: UnlinkReason; request?: number },
): void {
  link.ending = { how: { en: `unlink (${reason})`, ko: `연결 끊기(${reason})` }, at: now(world), request };
  disconnect(world.links, link);
  announce(world, { name: 'user-unlinked', app: link.app, userId: link.userId, reason });
}

/**
 * Unlinks users who stayed preregistered for 24 hours without `/v1/user/signup`, as Kakao does. There is no timer: it is
 * called before every request and whenever the clock is moved.
 */
export function endIncompleteSignups(world: World): void {
  if (!world.apps.some(({ manualSignup }) => manualSignup)) return;
  for (const link of [...world.links.values()]) {
    const isOverdue = link.connectedAt + SIGNUP_LIMIT_MS <= now(world);
    if (isOverdue && isPreregistered(link)) unlinkApp(world, link, { reason: 'INCOMPLETE_SIGN_UP' });
  }
}
