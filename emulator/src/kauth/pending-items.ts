import { scopesInState } from '../world/apps.ts';
import { findLink } from '../world/links.ts';
import type { User } from '../world/users.ts';
import type { World } from '../world/world.ts';
import type { AuthorizeRequest } from './authorize-request.ts';

/** What the consent screen has to ask: scope ids, or nothing for a user who gets a code at once. */
export interface PendingConsent {
  readonly isFirst: boolean;
  /** Whether a screen has to be shown to this user at all. */
  readonly isShown: boolean;
  readonly items: readonly string[];
}

/**
 * First login: every required and optional item, and items "during use" only when named in `scope`.
 * Linked user: only the named items not agreed to yet.
 */
export function pendingConsent(asked: AuthorizeRequest, user: User, world: World): PendingConsent {
  const named = asked.scope ?? [];
  const link = findLink(world.links, asked.app, user);
  const enabled = scopesInState(asked.app, 'required', 'optional', 'during_use');
  if (link) {
    const items = enabled.filter((id) => named.includes(id) && !link.agreed.has(id));
    const isAsked = named.length > 0 && world.settings.nothingLeftToAsk === 'page';
    return { isFirst: false, isShown: items.length > 0 || isAsked, items };
  }
  const basic = scopesInState(asked.app, 'required', 'optional');
  return {
    isFirst: true,
    isShown: true,
    items: enabled.filter((id) => basic.includes(id) || named.includes(id)),
  };
}

/** The items a person agrees to when asked for `items` and pressing "agree to all". */
export function willingly(items: readonly string[], user: User): string[] {
  return items.filter((id) => !user.declines.includes(id));
}
