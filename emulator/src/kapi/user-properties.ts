import { type JsonObject, readJsonObject } from '../json.ts';
import { Refusal } from '../refusals/refusal.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { App } from '../world/apps.ts';
import type { Link } from '../world/links.ts';
import { mayRead } from '../world/links.ts';
import { pictureUrl } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { identifyTokenCaller } from './caller.ts';
import { parameter } from './parameters.ts';

/** The properties that every app made before 2023 has without defining them. */
const legacyKeys = ['nickname', 'profile_image', 'thumbnail_image'];

/** Whether the app has defined this key, or has it as an app made before 2023. */
export function isUserProperty(app: App, key: string): boolean {
  return app.userProperties.includes(key) || legacyKeys.includes(key);
}

/** `properties` of `/v2/user/me`: what was set, and in old apps nickname and pictures. */
export function propertiesOf(link: Link, secure: boolean, world: World): JsonObject {
  const legacy = link.app.legacyFields ? legacyProperties(link, secure, world) : {};
  const set = [...link.properties].filter(([key]) => isUserProperty(link.app, key));
  return { ...legacy, ...Object.fromEntries(set) };
}

/**
 * Sets the user properties in a form field such as `{"favorite_color":"navy"}`. Refusals: -2 (no object of texts), -201
 * (keys that the app has not defined); then nothing is set.
 */
export function setProperties(link: Link, json: string): void {
  const { app } = link;
  const given = readJsonObject(json);
  if (!given || Object.values(given).some((value) => typeof value !== 'string'))
    throw new Refusal(-2, { text: 'properties must be a JSON object of texts' });
  const unknown = Object.keys(given).filter((key) => !maySet(app, key));
  if (unknown.length > 0) {
    const text = `user property not found ([${unknown.join(', ')}] for appId=${app.appId})`;
    throw new Refusal(-201, { text });
  }
  for (const [key, value] of Object.entries(given)) link.properties.set(key, String(value));
}

function maySet(app: App, key: string): boolean {
  return app.userProperties.includes(key) || (app.legacyFields && legacyKeys.includes(key));
}

/** Nickname as at the time of the link, and pictures. */
function legacyProperties(link: Link, secure: boolean, world: World): JsonObject {
  const { user, firstNickname } = link;
  const mayName = mayRead(link, 'profile_nickname') && firstNickname !== null;
  return {
    ...(mayName ? { nickname: firstNickname } : {}),
    ...(mayRead(link, 'profile_image')
      ? {
          profile_image: pictureUrl(world, user, { size: 640, secure }),
          thumbnail_image: pictureUrl(world, user, { size: 110, secure }),
        }
      : {}),
  };
}

/** `POST /v1/user/update_profile`: sets the user properties in `properties`; unknown keys are -201. By token only. */
export function updateProfile(request: KakaoRequest, world: World): Reply {
  const { link } = identifyTokenCaller(request, world);
  setProperties(link, parameter(request, 'properties') ?? '');
  return jsonReply({ id: BigInt(link.userId) });
}
