import type { JsonObject } from '../server/json.ts';
import { eventTypes } from '../world/event-types.ts';
import type { JwsFault } from '../world/sign-jws.ts';

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

/** How a flaw spoils the signature, if it does. */
export function signatureFault(flaw: EventFlaw | undefined): JwsFault | undefined {
  if (flaw === 'foreign-key') return { signWith: 'foreign-key-same-kid' };
  if (flaw === 'unknown-key') return { signWith: 'unknown-key' };
  if (flaw === 'alg-none') return { alg: 'none' };
  return flaw === 'alg-hs256' ? { alg: 'HS256' } : undefined;
}

/** The claims as a flaw leaves them. */
export function spoilClaims(claims: JsonObject, flaw: EventFlaw | undefined): JsonObject {
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
export function tampered(jws: string): string {
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
