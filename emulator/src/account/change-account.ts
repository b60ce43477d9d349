import { announce } from '../webhooks/announce.ts';
import { linksOf } from '../world/links.ts';
import type { User } from '../world/users.ts';
import type { EventName } from '../world/webhook-events.ts';
import type { World } from '../world/world.ts';
import { unlinkApp } from './linking.ts';

const identifiers = ['email', 'phoneNumber'] as const;
/** Fields of the test persona, not of the Kakao Account: changing one sends no webhook. */
const silent: readonly string[] = [
  'state',
  'declines',
  'description',
  'shippingAddresses',
  'ci',
  'ciAuthenticatedAt',
  ...identifiers,
];

/** Changes a Kakao Account at Kakao's side and tells every connected app what kind of change it was. */
export function changeAccount(world: World, user: User, changes: Partial<User>): void {
  const before = { ...user };
  Object.assign(user, changes);
  for (const name of eventsBetween(before, user)) announceEverywhere(world, user, name);
}

function eventsBetween(before: User, after: User): EventName[] {
  const differs = (name: keyof User) => before[name] !== after[name];
  const members = Object.keys(after).filter((name): name is keyof User => name in before);
  const events: EventName[] = [];
  if (before.state === 'active' && after.state !== 'active') events.push('account-disabled');
  if (before.state !== 'active' && after.state === 'active') events.push('account-enabled');
  if (identifiers.some(differs)) events.push('identifier-changed');
  if (members.some((name) => !silent.includes(name) && differs(name))) events.push('user-profile-changed');
  return events;
}

/** Deletes a Kakao Account, by its owner or by Kakao: unlinked from every app, then purged, and each app is told. */
export function deleteAccount(
  world: World,
  user: User,
  reason: 'ACCOUNT_DELETE' | 'FORCED_ACCOUNT_DELETE',
): void {
  const links = linksOf(world.links, user);
  world.users.delete(user.id);
  for (const link of links) {
    unlinkApp(world, link, { reason });
    announce(world, { name: 'account-purged', app: link.app, userId: link.userId });
  }
}

/** Tells every app that a person is connected to what has happened to the account. */
export function announceEverywhere(world: World, user: User, name: EventName): void {
  for (const { app, userId } of linksOf(world.links, user)) announce(world, { name, app, userId });
}
