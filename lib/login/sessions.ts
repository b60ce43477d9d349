import { recordHistory } from '../db/history';
import { type ListedSession, listLiveSessions, revokeLiveSession, revokeOtherSessions } from '../db/sessions';
import type { Device, LoginDeps } from './deps';
import { deviceName, placeOf } from './device';
import { idleSince, type Viewer } from './find-viewer';

/** One of a person's sessions, with the name of its device; `current` is the one of this request. */
export type OwnSession = ListedSession & { readonly current: boolean; readonly device: string | null };

/** Where somebody is signed in: the session that asks first, then the latest seen. */
export async function listSessions(deps: LoginDeps, viewer: Viewer): Promise<OwnSession[]> {
  const now = deps.now();
  const all = await listLiveSessions(deps.db, viewer.user.id, { now, seenAfter: idleSince(deps, now) });
  const own = all.map((session) => ({
    ...session,
    current: session.id === viewer.sessionId,
    device: deviceName(session.userAgent),
  }));
  return own.sort((a, b) => Number(b.current) - Number(a.current));
}

/** Ends one of a person's sessions, from `device`. `false` when they have no live session of this id. */
export async function endSession(
  deps: LoginDeps,
  viewer: Viewer,
  { id, device }: { readonly id: string; readonly device: Device },
): Promise<boolean> {
  const now = deps.now();
  const userId = viewer.user.id;
  const ended = await revokeLiveSession(deps.db, { id, userId }, { now, seenAfter: idleSince(deps, now) });
  if (!ended) return false;
  const detail = deviceName(ended.userAgent);
  await recordHistory(deps.db, userId, { kind: 'session_ended', detail, ...placeOf(device, now) });
  return true;
}

/** Ends all of a person's sessions but the one that asks. */
export async function endOtherSessions(deps: LoginDeps, viewer: Viewer, device: Device): Promise<void> {
  const now = deps.now();
  const userId = viewer.user.id;
  const ended = await revokeOtherSessions(deps.db, { id: viewer.sessionId, userId }, now);
  if (ended === 0) return;
  await recordHistory(deps.db, userId, { kind: 'sessions_ended', ...placeOf(device, now) });
}
