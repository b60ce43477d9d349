import { decodeJwt, decodeProtectedHeader } from 'jose';
import { maskedHeader } from '../inspector/mask.ts';
import { type JsonObject, toJson } from '../server/json.ts';
import type { Attempt, Delivery } from '../world/webhook-log.ts';

/** An attempt as it is shown: the admin key masked, the claims of a security event token readable. */
export function viewAttempt({ delivery, time, ...attempt }: Attempt): JsonObject {
  const { id, headers, ...message } = delivery;
  return {
    ...attempt,
    time: new Date(time).toISOString(),
    delivery: id,
    ...message,
    headers: masked(headers),
    ...readable(delivery),
  };
}

function masked(headers: Readonly<Record<string, string>>): JsonObject {
  const entries = Object.entries(headers).map(([name, value]) => [name, maskedHeader(name, value)]);
  return Object.fromEntries(entries);
}

function readable({ kind, body }: Delivery): JsonObject {
  if (kind !== 'account-state' || body === null) return {};
  try {
    return { joseHeader: toJson(decodeProtectedHeader(body)), claims: toJson(decodeJwt(body)) };
  } catch {
    // A body spoilt on purpose need not be a token.
    return {};
  }
}
