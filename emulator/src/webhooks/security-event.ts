import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../server/json.ts';
import type { App } from '../world/apps.ts';
import { newId } from '../world/opaque.ts';
import { signJws } from '../world/sign-jws.ts';
import type { Delivery } from '../world/webhook-log.ts';
import type { World } from '../world/world.ts';
import { type EventFlaw, signatureFault, spoilClaims, tampered } from './event-flaws.ts';

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
  const claims = { ...spoilClaims(claimsOf(order, world), flaw), ...order.claims };
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

/** The claims that receivers of real ones recorded; no `exp`. What is not sure about them are settings. */
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
