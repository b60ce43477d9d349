import type { FaultEffect } from '../world/faults.ts';
import type { World } from '../world/world.ts';
import { mergeJson, toJson, writeJson } from './json.ts';
import { kakaoRefusal } from './kakao-refusal.ts';
import type { Reply } from './reply.ts';
import type { KakaoRequest } from './request.ts';

/** The answer that a fault gives in place of the genuine one, or `undefined` if the genuine one is to be spoilt. */
export function replacementReply(fault: FaultEffect, request: KakaoRequest, world: World): Reply | undefined {
  if (fault.kakao !== undefined) return { ...kakaoRefusal(fault.kakao, request, world), ...statusOf(fault) };
  if (fault.body === undefined && fault.status === undefined) return undefined;
  const headers = { 'Content-Type': 'application/json;charset=UTF-8' };
  return { status: fault.status ?? 200, headers, text: fault.body ?? '' };
}

/** Spoils an answer: merged JSON, broken JSON, other headers or content type. */
export function spoilReply(fault: FaultEffect, reply: Reply): Reply {
  const contentType = fault.contentType === undefined ? {} : { 'Content-Type': fault.contentType };
  const headers = { ...reply.headers, ...fault.headers, ...contentType };
  const json =
    reply.json === undefined || !fault.replace ? reply.json : mergeJson(reply.json, toJson(fault.replace));
  if (fault.malformed)
    return { status: reply.status, headers, text: brokenText({ ...reply, ...withJson(json) }) };
  return { ...reply, headers, ...withJson(json) };
}

function brokenText(reply: Reply): string {
  const text = reply.json === undefined ? (reply.text ?? '') : writeJson(reply.json);
  return `${text.slice(0, -1)},`;
}

function withJson(json: Reply['json']) {
  return json === undefined ? {} : { json };
}

function statusOf(fault: FaultEffect) {
  return fault.status === undefined ? {} : { status: fault.status };
}
