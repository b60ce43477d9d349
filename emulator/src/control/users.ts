import { changeAccount, deleteAccount } from '../account/change-account.ts';
import { unlinkApp } from '../account/linking.ts';
import { toJson } from '../server/json.ts';
import { emptyReply, jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { findLink } from '../world/links.ts';
import { completeAddresses } from '../world/shipping-address.ts';
import { type UnlinkReason, unlinkReasons } from '../world/unlink-reasons.ts';
import { accountStates, freeUserId, MOST_USERS, makeUser, type User } from '../world/users.ts';
import type { World } from '../world/world.ts';
import {
  flag,
  isProblem,
  keepsTo,
  oneOf,
  orNull,
  type Rule,
  readBody,
  type Shape,
  text,
  textLike,
  texts,
  userId,
} from './body-shape.ts';
import { instantRule } from './clock.ts';
import { namedClient } from './named-app.ts';
import { objectOf } from './object-schema.ts';
import { problem } from './problem.ts';
import { shippingAddresses } from './shipping-addresses.ts';

/** As `/v2/user/me` has them; SDKs also know `0~9`. */
const ageRanges = '0~9 1~9 10~14 15~19 20~29 30~39 40~49 50~59 60~69 70~79 80~89 90~'.split(' ');

const descriptions: Shape = { ko: text, en: text };
const description: Rule = {
  must: 'be an object of texts, ko and en',
  test: (value) => keepsTo(descriptions, value),
  schema: objectOf(descriptions, []),
};

/** What can be said about an account. */
export const userSettings: Shape = {
  nickname: orNull(text),
  isDefaultNickname: flag,
  isDefaultImage: flag,
  email: orNull(text),
  isEmailValid: flag,
  isEmailVerified: flag,
  name: orNull(text),
  gender: oneOf('female', 'male', null),
  ageRange: oneOf(...ageRanges, null),
  birthyear: orNull(textLike(/^\d{4}$/, 'be a year, YYYY')),
  birthday: orNull(textLike(/^(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/, 'be a day, MMDD')),
  birthdayType: oneOf('SOLAR', 'LUNAR'),
  isLeapMonth: flag,
  phoneNumber: orNull(text),
  ci: orNull(text),
  ciAuthenticatedAt: orNull(instantRule),
  shippingAddresses,
  under14: flag,
  state: oneOf(...accountStates),
  declines: texts,
  description,
};

/** What a new account may be told. */
export const newUser: Shape = { id: userId, ...userSettings };

/** `GET /users`: `{"users": [User]}`. */
export function listUsers(_request: KakaoRequest, world: World): Reply {
  return jsonReply({ users: [...world.users.values()].map(toJson) });
}

/** `POST /users`: any members of a user; `id` is chosen when absent. Answers 201 with the user. */
export function addUser(request: KakaoRequest, world: World): Reply {
  const body = readBody<Partial<User>>(request.body, newUser);
  if (isProblem(body)) return body;
  if (world.users.size >= MOST_USERS) return problem(400, `there are ${MOST_USERS} users; delete some`);
  const id = body.id ?? freeUserId(world.users);
  if (world.users.has(id)) return problem(400, `there is a user ${id} already`, 'id');
  const user = makeUser(id, completed(body));
  world.users.set(id, user);
  return jsonReply(toJson(user), 201);
}

/** `PATCH /users/:id`: changes the account at Kakao's side, as its owner or Kakao would; connected apps are told. */
export function patchUser(request: KakaoRequest, world: World, id: string): Reply {
  const user = world.users.get(id);
  if (!user) return problem(404, `no user ${id}`);
  const changes = readBody<Partial<User>>(request.body, userSettings);
  if (isProblem(changes)) return changes;
  changeAccount(world, user, completed(changes, user));
  return jsonReply(toJson(user));
}

/** `DELETE /users/:id?reason=`: the Kakao Account is deleted, by its owner or by Kakao; every link and token dies. */
export function deleteUser({ query }: KakaoRequest, world: World, id: string): Reply {
  const user = world.users.get(id);
  if (!user) return problem(404, `no user ${id}`);
  const reason = query.get('reason') ?? 'ACCOUNT_DELETE';
  if (reason !== 'ACCOUNT_DELETE' && reason !== 'FORCED_ACCOUNT_DELETE')
    return problem(400, 'reason must be ACCOUNT_DELETE or FORCED_ACCOUNT_DELETE', 'reason');
  deleteAccount(world, user, reason);
  return emptyReply(204);
}

/** From which app, and why. */
export const unlinkOrder: Shape = { clientId: text, reason: oneOf(...unlinkReasons) };

/** `POST /users/:id/unlink`: cuts the connection to an app as its owner, Kakao or the app would; the app is told. 204. */
export function unlinkUser(request: KakaoRequest, world: World, id: string): Reply {
  const order = readBody<{ clientId?: string; reason?: UnlinkReason }>(request.body, unlinkOrder);
  if (isProblem(order)) return order;
  const client = namedClient(order.clientId, world);
  if (isProblem(client)) return client;
  const user = world.users.get(id);
  const link = user && findLink(world.links, client.app, user);
  if (!link) return problem(404, `user ${id} is not linked to ${client.app.name.en}`);
  unlinkApp(world, link, { reason: order.reason ?? 'UNLINK_FROM_APPS' });
  return emptyReply(204);
}

/** The changes with what they leave out of addresses and descriptions. */
function completed(changes: Partial<User>, user?: User): Partial<User> {
  const { shippingAddresses: addresses } = changes;
  const described = withDescription(changes, user);
  return addresses ? { ...described, shippingAddresses: completeAddresses(addresses) } : described;
}

/** Keeps `description` complete in both languages. */
function withDescription(changes: Partial<User>, user?: User): Partial<User> {
  if (!changes.description) return changes;
  const fallback = user?.description ?? makeUser('1', {}).description;
  const { ko, en } = changes.description;
  return { ...changes, description: { ko: ko ?? fallback.ko, en: en ?? fallback.en } };
}
