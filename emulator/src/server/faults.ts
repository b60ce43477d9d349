import { mergeJson, toJson, writeJson } from '../json.ts';
import { accountInBrowser } from '../world/account-cookie.ts';
import { findAdminKey } from '../world/app-keys.ts';
import type { FaultEffect, Parties } from '../world/faults.ts';
import { findLinkById, type Link } from '../world/links.ts';
import type { World } from '../world/world.ts';
import type { Reply } from './reply.ts';
import { authorization, type KakaoRequest } from './request.ts';

/** The keys and users that a request names, valid or not. Users are matched by their own id and by the app's id for them. */
export function partiesOf(request: KakaoRequest, world: World): Parties {
  const { query, form } = request;
  const [scheme, credential] = authorization(request);
  const code = world.codes.get(form.get('code') ?? '');
  const token =
    world.tokens.access.get(scheme === 'Bearer' ? credential : '') ??
    world.tokens.refresh.get(form.get('refresh_token') ?? '');
  const targets =
    scheme === 'KakaoAK' ? adminTargets(credential, request, world) : { keys: [], link: undefined };
  const links = [token?.grant.link, targets.link];
  return {
    clientIds: present(query.get('client_id'), form.get('client_id'), token?.grant.key.key, ...targets.keys),
    userIds: present(
      form.get('user'),
      accountInBrowser(world, request.headers.cookie),
      code?.user.id,
      ...links.flatMap((link) => idsOf(link)),
    ),
  };
}

function adminTargets(key: string, { query, form }: KakaoRequest, world: World) {
  const app = findAdminKey(world.apps, key)?.app;
  const target = form.get('target_id') ?? query.get('target_id') ?? '';
  const keys = app?.platformKeys.map((it) => it.key) ?? [];
  return { keys, link: app && findLinkById(world.links, app, target) };
}

function idsOf(link: Link | undefined): string[] {
  return link ? [link.user.id, link.userId] : [];
}

function present(...values: (string | null | undefined)[]): string[] {
  return values.filter((value): value is string => value !== null && value !== undefined);
}

/** The answer that a fault gives in place of Kakao's, or `undefined` if it only changes Kakao's. */
export function replacementReply(fault: FaultEffect): Reply | undefined {
  if (fault.kakao !== undefined || (fault.body === undefined && fault.status === undefined)) return undefined;
  const headers = { 'Content-Type': 'application/json;charset=UTF-8' };
  return { status: fault.status ?? 200, headers, text: fault.body ?? '' };
}

/** Changes an answer as the fault says: another status, merged JSON, broken JSON, other headers or content type. */
export function alterReply(fault: FaultEffect, reply: Reply): Reply {
  const contentType = fault.contentType === undefined ? {} : { 'Content-Type': fault.contentType };
  const headers = { ...reply.headers, ...fault.headers, ...contentType };
  const json =
    reply.json === undefined || !fault.replace ? reply.json : mergeJson(reply.json, toJson(fault.replace));
  const status = fault.status ?? reply.status;
  const altered = { ...reply, status, headers, ...(json === undefined ? {} : { json }) };
  return fault.malformed ? { status, headers, text: brokenText(altered) } : altered;
}

function brokenText(reply: Reply): string {
  const text = reply.json === undefined ? (reply.text ?? '') : writeJson(reply.json);
  return `${text.slice(0, -1)},`;
}
