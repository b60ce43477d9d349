import { recordHistory } from '../db/history';
import { deleteKakaoTokens } from '../db/kakao-tokens';
import { confirmUnlink } from '../db/pending-unlinks';
import { setAccountState } from '../db/refusals';
import { revokeUserSessions } from '../db/sessions';
import { eraseUser, findUserByKakaoId, type User } from '../db/users';
import {
  findUnsettledWebhookEvents,
  type NewWebhookEvent,
  recordWebhookEvent,
  settleWebhookEvent,
  type WebhookEvent,
} from '../db/webhook-events';
import type { SecurityEvent } from '../kakao/security-event';
import type { UnlinkNotice } from '../kakao/unlink-notice';
import type { LoginDeps } from '../login/deps';
import { nextMillisecond } from './withdraw';

/** What an event does to the user it is about. */
export type EventEffect = 'erase' | 'block' | 'unblock' | 'end_sessions' | 'none';

/** The outcome of an event. Only `applied` changed anything. */
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
 * recorded and does nothing: `user-linked` is a sign-up, and must never be mistaken for its opposite.
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

/** Receives an account-state event: recorded, applied and on disk when this returns. */
export function receiveSecurityEvent(deps: LoginDeps, event: SecurityEvent): Promise<EventOutcome> {
  return receive(deps, { channel: 'account_state', ...event });
}

/** Receives an unlink notice. It has neither an id nor a time, so it counts as new and as of now. */
export function receiveUnlinkNotice(deps: LoginDeps, notice: UnlinkNotice): Promise<EventOutcome> {
  const { kakaoId, referrerType } = notice;
  const event = { jti: null, channel: 'unlink', type: referrerType, reason: null, kakaoId } as const;
  return receive(deps, { ...event, occurredAt: deps.now() });
}

/** Settles events that were recorded and then interrupted: Kakao sends nothing twice. Returns how many there were. */
export async function settleInterruptedEvents(deps: LoginDeps): Promise<number> {
  const events = await findUnsettledWebhookEvents(deps.db, new Date(deps.now().getTime() - 10_000));
  for (const event of events) await settle(deps, event);
  return events.length;
}

/**
 * An event is recorded, then applied, then marked as settled, so that it can be resumed after an interruption.
 * The copies of an event take turns in this process, so that the first says what came of it and none is answered before
 * the effect. One that another process is applying is applied here too, which changes nothing.
 */
async function receive(deps: LoginDeps, delivery: NewWebhookEvent): Promise<EventOutcome> {
  const { jti } = delivery;
  if (jti === null) return receiveInTurn(deps, delivery);
  const { eventsUnderWay } = deps;
  const before = eventsUnderWay.get(jti);
  // One that has failed is applied by the next.
  const turn = (before ?? Promise.resolve()).catch(() => undefined).then(() => receiveInTurn(deps, delivery));
  eventsUnderWay.set(jti, turn);
  return turn.finally(() => eventsUnderWay.get(jti) === turn && eventsUnderWay.delete(jti));
}

async function receiveInTurn(deps: LoginDeps, delivery: NewWebhookEvent): Promise<EventOutcome> {
  const { event, isNew } = await recordWebhookEvent(deps.db, delivery, deps.now());
  if (isNew) return settle(deps, event);
  if (!event.settledAt) await apply(deps, event);
  return 'repeated';
}

async function settle(deps: LoginDeps, event: WebhookEvent): Promise<EventOutcome> {
  const { outcome, effect, user } = await apply(deps, event);
  if (user && effect !== undefined && effect !== 'erase' && outcome === 'applied') {
    // The last word of the event's URI, such as `credential-compromise`.
    const detail = event.type.slice(event.type.lastIndexOf('/') + 1);
    const entry = { kind: 'kakao_event', detail, effect, at: deps.now(), device: null, ip: null } as const;
    await recordHistory(deps.db, user.id, entry);
  }
  await settleWebhookEvent(deps.db, event, { outcome, at: deps.now() });
  return outcome;
}

interface Applied {
  readonly outcome: EventOutcome;
  readonly effect: EventEffect | undefined;
  readonly user: User | null;
}

async function apply(deps: LoginDeps, event: WebhookEvent): Promise<Applied> {
  const { kakaoId, occurredAt } = event;
  if (kakaoId !== null) deps.recentConsents.delete(kakaoId);
  const user = kakaoId === null ? null : await findUserByKakaoId(deps.db, kakaoId);
  const effect = event.channel === 'unlink' ? 'erase' : eventEffects.get(event.type);
  if (effect === undefined) return { outcome: 'unknown_event', effect, user };
  if (effect === 'none') return { outcome: 'no_effect', effect, user };
  // Kakao counts in whole seconds: what happened in the second of a login may have happened after it.
  const until = new Date(Math.floor(occurredAt.getTime() / 1_000 + 1) * 1_000);
  const time = { occurredAt, until };
  if (!user) return { outcome: await applyToNobody(deps, kakaoId, { effect, ...time }), effect, user };
  if (user.lastLoginAt >= until) return { outcome: 'before_last_login', effect, user };
  const changed = await effects[effect](deps, user, time);
  return { outcome: changed ? 'applied' : 'superseded', effect, user };
}

/** Somebody without a user here may still be refused, or wait to be unlinked: which Kakao has done then. */
async function applyToNobody(
  deps: LoginDeps,
  kakaoId: string | null,
  { effect, until, occurredAt }: EventTime & { readonly effect: EventEffect },
): Promise<EventOutcome> {
  if (kakaoId === null || effect === 'end_sessions' || effect === 'none') return 'unknown_user';
  const identity = { kakaoId, refusalId: deps.refusalId(kakaoId) };
  const changed =
    effect === 'erase'
      ? await erase(deps, until, (at) => confirmUnlink(deps.db, identity, { at, unlessFrom: until }))
      : await setDisabled(deps, { kakaoId }, { disabled: effect === 'block', until, occurredAt });
  return changed ? 'applied' : 'unknown_user';
}

/** When an event happened: at a second of Kakao's clock, which ends at `until`. */
interface EventTime {
  readonly occurredAt: Date;
  readonly until: Date;
}

/** Erases as of the end of the second of an event, or of now if that is not over; done when that moment is over. */
async function erase(deps: LoginDeps, until: Date, work: (at: Date) => Promise<boolean>): Promise<boolean> {
  const at = new Date(Math.min(deps.now().getTime(), until.getTime()));
  const isDone = await work(at);
  await nextMillisecond(deps, at);
  return isDone;
}

function setDisabled(
  { db, refusalId }: LoginDeps,
  { kakaoId }: Pick<User, 'kakaoId'>,
  { disabled, occurredAt, until }: EventTime & { readonly disabled: boolean },
): Promise<boolean> {
  const state = { disabled, changedAt: occurredAt, until };
  return setAccountState(db, { kakaoId, refusalId: refusalId(kakaoId) }, state);
}

/** False when something later has happened to the user already. */
type Effect = (deps: LoginDeps, user: User, time: EventTime) => Promise<boolean>;

const effects: Readonly<Record<Exclude<EventEffect, 'none'>, Effect>> = {
  erase: (deps, user, { until }) => {
    const identity = { ...user, refusalId: deps.refusalId(user.kakaoId) };
    return erase(deps, until, (at) => eraseUser(deps.db, identity, { at, unlessLoggedInFrom: until }));
  },
  block: async (deps, user, time) =>
    (await setDisabled(deps, user, { disabled: true, ...time })) && effects.end_sessions(deps, user, time),
  unblock: (deps, user, time) => setDisabled(deps, user, { disabled: false, ...time }),
  end_sessions: async ({ db, now }, user, { until }) => {
    await revokeUserSessions(db, user.id, { at: now(), reason: 'kakao_event', createdBefore: until });
    await deleteKakaoTokens(db, user.id, until);
    return true;
  },
};
