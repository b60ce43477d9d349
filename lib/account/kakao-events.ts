import { recordSecurityEvent } from '../db/history';
import { deleteKakaoTokens } from '../db/kakao-tokens';
import { revokeUserSessions } from '../db/sessions';
import { eraseUser, findUserByKakaoId, setAccountState, type User } from '../db/users';
import {
  findUnsettledWebhookEvents,
  forgetKakaoIdInWebhookEvents,
  type NewWebhookEvent,
  recordWebhookEvent,
  settleWebhookEvent,
  type WebhookEvent,
} from '../db/webhook-events';
import type { SecurityEvent } from '../kakao/security-event';
import type { UnlinkNotice } from '../kakao/unlink-notice';
import type { LoginDeps } from '../login/deps';

/** What an event does to the user it is about. */
export type EventEffect = 'erase' | 'block' | 'unblock' | 'end_sessions' | 'none';

/** What came of an event. Only `applied` changed anything. */
export type EventOutcome =
  | 'applied'
  | 'no_effect'
  | 'unknown_event'
  | 'unknown_user'
  | 'before_last_login'
  | 'superseded'
  | 'repeated';

const openid = 'https://schemas.openid.net/secevent';
const oauth = `${openid}/oauth/event-type`;
const risc = `${openid}/risc/event-type`;
const caep = `${openid}/caep/event-type`;

/**
 * Every event of Kakao's account-state-change webhook and what it does here. An event that is not in the list is
 * recorded and does nothing: `user-linked` is a sign-up, and must never be taken for its opposite.
 */
export const eventEffects: ReadonlyMap<string, EventEffect> = new Map<string, EventEffect>([
  [`${oauth}/user-linked`, 'none'],
  [`${oauth}/user-unlinked`, 'erase'],
  [`${oauth}/user-scope-consent`, 'none'],
  [`${oauth}/user-scope-withdraw`, 'none'],
  [`${oauth}/tokens-revoked`, 'end_sessions'],
  [`${oauth}/token-issued`, 'none'],
  [`${oauth}/token-revoked`, 'none'],
  [`${risc}/account-purged`, 'erase'],
  [`${risc}/account-disabled`, 'block'],
  [`${risc}/account-enabled`, 'unblock'],
  [`${risc}/account-credential-change-required`, 'none'],
  [`${risc}/credential-compromise`, 'end_sessions'],
  [`${risc}/identifier-changed`, 'none'],
  [`${risc}/identifier-recycled`, 'none'],
  [`${risc}/sessions-revoked`, 'end_sessions'],
  [`${caep}/assurance-level-change`, 'none'],
  [`${caep}/credential-change`, 'end_sessions'],
  ['https://schemas.kakao.com/platevent/kakao/event-type/user-profile-changed', 'none'],
]);

/** Takes in an event of an account's state: recorded, applied and on disk when this returns. */
export function receiveSecurityEvent(deps: LoginDeps, event: SecurityEvent): Promise<EventOutcome> {
  return receive(deps, { channel: 'account_state', ...event });
}

/** Takes in an unlink notice, which has neither an id nor a time: it is about now, and every one counts. */
export function receiveUnlinkNotice(deps: LoginDeps, notice: UnlinkNotice): Promise<EventOutcome> {
  const { kakaoId, referrerType } = notice;
  const event = { jti: null, channel: 'unlink', type: referrerType, reason: null, kakaoId } as const;
  return receive(deps, { ...event, occurredAt: deps.now() });
}

/** Settles what was recorded and then interrupted: Kakao sends nothing twice. Returns how many there were. */
export async function settleInterruptedEvents(deps: LoginDeps): Promise<number> {
  const events = await findUnsettledWebhookEvents(deps.db, new Date(deps.now().getTime() - 10_000));
  for (const event of events) await settle(deps, event);
  return events.length;
}

/**
 * First the record, then the effect, then the mark that it is done: whoever is interrupted leaves something to go
 * on with. A copy that meets the first at work does the same once more, which changes nothing, so that its answer
 * does not come before the effect.
 */
async function receive(deps: LoginDeps, delivery: NewWebhookEvent): Promise<EventOutcome> {
  const { event, isNew } = await recordWebhookEvent(deps.db, delivery, deps.now());
  if (isNew) return settle(deps, event);
  if (!event.settledAt) await apply(deps, event);
  return 'repeated';
}

async function settle(deps: LoginDeps, event: WebhookEvent): Promise<EventOutcome> {
  const { outcome, effect, user } = await apply(deps, event);
  const staying = effect === 'erase' && outcome === 'applied' ? null : user;
  if (staying && outcome === 'applied') await noteInHistory(deps, staying, event, effect);
  await settleWebhookEvent(deps.db, event.id, { outcome, keepKakaoId: staying !== null }, deps.now());
  return outcome;
}

/** The person finds it in their security history, by the last word of the event's URI. */
async function noteInHistory(
  { db, now }: LoginDeps,
  user: User,
  { type }: WebhookEvent,
  effect: EventEffect | undefined,
): Promise<void> {
  if (effect === undefined || effect === 'erase') return;
  const detail = type.slice(type.lastIndexOf('/') + 1);
  await recordSecurityEvent(db, user.id, {
    kind: 'kakao_event',
    detail,
    effect,
    at: now(),
    device: null,
    ip: null,
  });
}

interface Applied {
  readonly outcome: EventOutcome;
  readonly effect: EventEffect | undefined;
  readonly user: User | null;
}

async function apply(deps: LoginDeps, event: WebhookEvent): Promise<Applied> {
  const user = event.kakaoId === null ? null : await findUserByKakaoId(deps.db, event.kakaoId);
  const effect = event.channel === 'unlink' ? 'erase' : eventEffects.get(event.type);
  return { outcome: await applyTo(deps, event, effect, user), effect, user };
}

async function applyTo(
  deps: LoginDeps,
  event: WebhookEvent,
  effect: EventEffect | undefined,
  user: User | null,
): Promise<EventOutcome> {
  if (effect === undefined) return 'unknown_event';
  if (effect === 'none') return 'no_effect';
  if (!user) return 'unknown_user';
  // Kakao counts in whole seconds: what happened in the second of a login may have happened after it.
  const until = new Date(Math.floor(event.occurredAt.getTime() / 1_000 + 1) * 1_000);
  if (user.lastLoginAt >= until) return 'before_last_login';
  return effects[effect](deps, user, event.occurredAt, until);
}

type Apply = (deps: LoginDeps, user: User, occurredAt: Date, until: Date) => Promise<EventOutcome>;

const effects: Readonly<Record<Exclude<EventEffect, 'none'>, Apply>> = {
  erase: async ({ db }, user, _occurredAt, until) => {
    if (!(await eraseUser(db, user.id, until))) return 'superseded';
    await forgetKakaoIdInWebhookEvents(db, user.kakaoId);
    return 'applied';
  },
  block: async (deps, user, changedAt, until) => {
    const changed = await setAccountState(deps.db, user.id, { disabled: true, changedAt });
    return changed ? effects.end_sessions(deps, user, changedAt, until) : 'superseded';
  },
  unblock: async ({ db }, user, changedAt) =>
    (await setAccountState(db, user.id, { disabled: false, changedAt })) ? 'applied' : 'superseded',
  end_sessions: async ({ db, now }, user, _occurredAt, until) => {
    await revokeUserSessions(db, user.id, now(), 'kakao_event', until);
    await deleteKakaoTokens(db, user.id);
    return 'applied';
  },
};
