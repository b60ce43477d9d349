import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../json.ts';
import type { App } from '../world/apps.ts';
import { newId } from '../world/random.ts';
import { type JwsFault, signJws } from '../world/signing-keys.ts';
import { eventTypes } from '../world/webhook-events.ts';
import type { Delivery } from '../world/webhook-log.ts';
import type { World } from '../world/world.ts';

/** What can be wrong with an account-state webhook on purpose. */
export const eventFlaws = [
  'foreign-key',
  'unknown-key',
  'alg-none',
  'alg-hs256',
  'tampered',
  'wrong-issuer',
  'wrong-audience',
  'wrong-app-id',
  'wrong-subject',
  'wrong-type',
  'wrong-content-type',
  'missing-jti',
  'no-event',
  'two-events',
  'id-token',
] as const;
export type EventFlaw = (typeof eventFlaws)[number];

export interface SecurityEvent {
  readonly app: App;
  readonly userId: string;
  /** The name for people, and the URI for the token. */
  readonly event: string;
  readonly uri: string;
  /** Of `user-unlinked` only. */
  readonly reason: string | null;
  readonly url: string;
  /** Unix seconds: when the token was made, and when the event happened. */
  readonly issuedAt: number;
  readonly happenedAt: number;
  /** Claims to set; `null` removes one. */
  readonly claims?: JsonObject | undefined;
  readonly flaw?: EventFlaw | undefined;
}

/** The account-state webhook: one security event token (RFC 8417), pushed as RFC 8935 says. */
export async function makeSecurityEvent(order: SecurityEvent, world: World): Promise<Delivery> {
  const { app, userId, event, reason, url, flaw } = order;
  const claims = { ...alterClaims(claimsOf(order, world), flaw), ...order.claims };
  const payload = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null));
  const typ = flaw === 'id-token' || flaw === 'wrong-type' ? 'JWT' : 'secevent+jwt';
  const jws = await signJws({ payload, typ, fault: signatureFault(flaw) }, world.keys);
  const type = flaw === 'wrong-content-type' ? 'application/json' : 'application/secevent+jwt';
  return {
    id: newId(),
    appId: app.appId,
    kind: 'account-state',
    event,
    reason,
    userId,
    jti: typeof payload['jti'] === 'string' ? payload['jti'] : null,
    flaw: flaw ?? null,
    url,
    method: 'POST',
    headers: { 'Content-Type': type, Accept: 'application/json' },
    body: flaw === 'tampered' ? tampered(jws) : jws,
  };
}

/** The claims that receivers of real tokens recorded; no `exp`. Where recordings differ, a setting decides. */
function claimsOf(
  { app, userId, uri, reason, issuedAt, happenedAt }: SecurityEvent,
  world: World,
): JsonObject {
  const { eventIssuer, eventTransactionClaim, eventAppIdClaim } = world.settings;
  const iss = eventIssuer ?? world.publicUrl;
  const subject = { subject_type: 'iss-sub', iss, sub: userId };
  return {
    iss,
    aud: audienceOf(app, world),
    sub: userId,
    app_id: eventAppIdClaim ? String(app.appId) : undefined,
    iat: issuedAt,
    toe: happenedAt,
    [eventTransactionClaim]: randomUUID(),
    jti: newId() + newId(),
    events: { [uri]: reason === null ? { subject } : { subject, reason } },
  };
}

function audienceOf(app: App, { settings }: World): string | string[] {
  const restKeys = app.platformKeys.filter(({ type }) => type === 'rest').map(({ key }) => key);
  if (settings.eventAudience === 'app_id') return String(app.appId);
  return settings.eventAudience === 'rest_keys' ? restKeys : (restKeys[0] ?? String(app.appId));
}

/** The fault that a flaw puts into the signature, if any. */
function signatureFault(flaw: EventFlaw | undefined): JwsFault | undefined {
  if (flaw === 'foreign-key') return { signWith: 'foreign-key-same-kid' };
  if (flaw === 'unknown-key') return { signWith: 'unknown-key' };
  if (flaw === 'alg-none') return { alg: 'none' };
  return flaw === 'alg-hs256' ? { alg: 'HS256' } : undefined;
}

/** The claims as a flaw leaves them. */
function alterClaims(claims: JsonObject, flaw: EventFlaw | undefined): JsonObject {
  if (flaw === 'wrong-issuer') return { ...claims, iss: 'https://kauth.kakao.example' };
  if (flaw === 'wrong-audience') return { ...claims, aud: 'f'.repeat(32) };
  if (flaw === 'wrong-app-id') return { ...claims, app_id: '9999999' };
  // The subject of the event stays, so that the two contradict each other.
  if (flaw === 'wrong-subject') return { ...claims, sub: '3999999999' };
  if (flaw === 'missing-jti') return { ...claims, jti: undefined };
  if (flaw === 'no-event') return { ...claims, events: {} };
  if (flaw === 'two-events') return { ...claims, events: { ...secondEvent(claims), ...eventsOf(claims) } };
  return flaw === 'id-token' ? idTokenClaims(claims) : claims;
}

/** The text with one character of the payload changed after signing. */
function tampered(jws: string): string {
  const at = jws.indexOf('.') + 8;
  return `${jws.slice(0, at)}${jws[at] === 'A' ? 'B' : 'A'}${jws.slice(at + 1)}`;
}

function secondEvent(claims: JsonObject): JsonObject {
  const events = eventsOf(claims);
  const other = eventTypes.find(({ uri }) => !(uri in events));
  return { [other?.uri ?? '']: Object.values(events)[0] };
}

function eventsOf({ events }: JsonObject): JsonObject {
  return events as JsonObject;
}

/** What an ID token of the same person for the same app says (OpenID Connect Core 2). */
function idTokenClaims({ iss, aud, sub, iat }: JsonObject): JsonObject {
  return { aud, sub, auth_time: iat, iss, exp: Number(iat) + 21_599, iat };
}
