import { recordHistory } from '../db/history';
import { deleteKakaoTokens } from '../db/kakao-tokens';
import { revokeSession, revokeUserSessions } from '../db/sessions';
import type { Device, LoginDeps } from './deps';
import { placeOf } from './device';
import { findViewer, type Viewer } from './find-viewer';

/** How far a sign-out goes; `with_kakao` ends this session here, and the browser goes on to Kakao's own logout. */
export type SignOutReach = 'here' | 'everywhere' | 'with_kakao';

/**
 * Ends the sessions of these tokens, or every session of their users. More than one token is a browser with two session
 * cookies, neither of which is accepted elsewhere. Everywhere also means that Kakao's tokens, if any were kept, are
 * forgotten. Without a valid session nothing happens.
 */
export async function signOut(
  deps: LoginDeps,
  request: { readonly tokens: readonly string[]; readonly reach: SignOutReach; readonly device: Device },
): Promise<void> {
  for (const token of request.tokens) {
    const viewer = await findViewer(deps, token);
    if (viewer) await signOutViewer(deps, viewer, request);
  }
}

async function signOutViewer(
  deps: LoginDeps,
  { user, sessionId }: Viewer,
  { reach, device }: { readonly reach: SignOutReach; readonly device: Device },
): Promise<void> {
  const { db } = deps;
  const now = deps.now();
  const place = placeOf(device, now);
  if (reach === 'everywhere') {
    await revokeUserSessions(db, user.id, { at: now, reason: 'signed_out_everywhere' });
  } else {
    await revokeSession(db, sessionId, { at: now, reason: 'signed_out' });
  }
  await recordHistory(db, user.id, { kind: 'logged_out', detail: reach, ...place });
  if (reach !== 'everywhere' || !(await deleteKakaoTokens(db, user.id))) return;
  await recordHistory(db, user.id, { kind: 'tokens_purged', ...place });
}
