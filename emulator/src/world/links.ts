import { createHash } from 'node:crypto';
import { type App, consentStateOf } from './apps.ts';
import type { Bilingual, TermAgreement } from './consent-items.ts';
import type { User } from './users.ts';

/** How a code, a token or a connection ended, kept for a while for verdicts. */
export interface Ending {
  /** Fits into "by …", such as `logout`; in Korean into "… 때문에". */
  readonly how: Bilingual;
  /** Unix milliseconds. */
  readonly at: number;
  /** The id in the request log of the request that did it, or 0. */
  readonly request: number;
}

/** The connection of one user to one app, from the first issued token until unlink. */
export interface Link {
  readonly app: App;
  readonly user: User;
  /** By which the app knows the user: decimal text of a 64-bit number. */
  readonly userId: string;
  /** Unix milliseconds. */
  readonly connectedAt: number;
  /** When the user came through Kakao Sync (simple signup), Unix milliseconds. */
  synchedAt: number | null;
  /** False while an app that links by hand has not called `/v1/user/signup` yet. */
  hasSignedUp: boolean;
  /** The nickname at that time, which `/v1/oidc/userinfo` and old apps still have when it has changed. */
  firstNickname: string | null;
  /** User properties by key; gone after unlink. */
  readonly properties: Map<string, string>;
  /** Service terms agreed to, by tag. */
  readonly terms: Map<string, TermAgreement>;
  /** Scope ids agreed to. */
  readonly agreed: Set<string>;
  /** Grows when all tokens of this link are revoked; tokens of an older generation are dead. */
  generation: number;
  /** False for ever after unlink. */
  alive: boolean;
  /** How its tokens were last revoked, or how it was cut, as far as known. */
  ending?: Ending;
}

/** All connections, by app and the id of the user there. */
export type Links = Map<string, Link>;

/** The live connection between this app and this user, if there is one. */
export function findLink(links: Links, app: App, user: User): Link | undefined {
  return findLinkById(links, app, serviceUserId(app, user));
}

/** The live connection of the user whom this app knows by this id (`target_id`), if there is one. */
export function findLinkById(links: Links, app: App, userId: string): Link | undefined {
  return links.get(keyOf(app, userId));
}

/** Connects the user, or finds the connection, and adds the scope ids just agreed to. */
export function connect(links: Links, app: App, user: User, agreed: Iterable<string>, now: number): Link {
  const link = findLink(links, app, user) ?? newLink(links, app, user, now);
  for (const scope of agreed) link.agreed.add(scope);
  return link;
}

/** Ends every login of this connection: all its tokens are revoked. */
export function revokeLogins(link: Link, ending: Ending): void {
  link.generation += 1;
  link.ending = ending;
}

/** Unlinks: consents are withdrawn and every token is revoked at once. */
export function disconnect(links: Links, link: Link): void {
  link.alive = false;
  links.delete(keyOf(link.app, link.userId));
}

/** Whether the app has yet to complete the connection by `/v1/user/signup`. */
export function isPreregistered({ app, hasSignedUp }: Link): boolean {
  return app.manualSignup && !hasSignedUp;
}

/** The connections of a user to all apps, oldest first. */
export function linksOf(links: Links, user: User): Link[] {
  return [...links.values()].filter((link) => link.user === user);
}

/** The connections of an app to all users, oldest first. */
export function linksOfApp(links: Links, app: App): Link[] {
  return [...links.values()].filter((link) => link.app === app);
}

/** Unlinks every user of an app that is deleted. */
export function disconnectApp(links: Links, app: App): void {
  for (const link of linksOfApp(links, app)) disconnect(links, link);
}

function newLink(links: Links, app: App, user: User, now: number): Link {
  const userId = serviceUserId(app, user);
  const link: Link = {
    app,
    user,
    userId,
    connectedAt: now,
    synchedAt: app.kakaoSync ? now : null,
    hasSignedUp: !app.manualSignup,
    firstNickname: user.nickname,
    properties: new Map(),
    terms: new Map(),
    agreed: new Set(),
    generation: 0,
    alive: true,
  };
  links.set(keyOf(app, userId), link);
  return link;
}

function keyOf(app: App, userId: string): string {
  return `${app.appId}:${userId}`;
}

/** The items that the combined `profile` item of apps made before 2021-06-25 covers. */
const inProfile = ['profile_nickname', 'profile_image'];

/** Whether the app may read what this item gates: it uses the item, and the user has agreed to it. */
export function mayRead(link: Link, scope: string): boolean {
  return isGranted(link, scope) || (inProfile.includes(scope) && isGranted(link, 'profile'));
}

function isGranted({ app, agreed }: Link, scope: string): boolean {
  return consentStateOf(app, scope) !== 'off' && agreed.has(scope);
}

/**
 * The id (회원번호) by which an app knows a person: decimal text of a 64-bit number, one for each person and app, also
 * across unlink and a new link. An app without ids of its own uses the ids of the control API; in all others they have 19
 * digits, as in Kakao's documentation (developers.kakao.com/docs/ko/kakaologin/common).
 */
export function serviceUserId(app: App, user: User): string {
  if (!app.ownUserIds) return user.id;
  return ((digest('id', app, user).readBigUInt64BE() >> 2n) | (1n << 62n)).toString();
}

/** The id by which friends are named in the Kakao Talk APIs (`for_partner.uuid`): opaque, one for each person and app. */
export function friendUuid(app: App, user: User): string {
  return digest('uuid', app, user).toString('base64url').slice(0, 28);
}

function digest(purpose: string, app: App, user: User): Buffer {
  return createHash('sha256').update(`${purpose}:${app.appId}:${user.id}`).digest();
}
