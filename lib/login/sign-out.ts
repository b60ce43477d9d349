import { recordSecurityEvent } from '../db/history';
import { deleteKakaoTokens } from '../db/kakao-tokens';
import { revokeSession, revokeUserSessions } from '../db/sessions';
import type { Device, LoginDeps } from './deps';
import { placeOf } from './device';
import { findViewer, type Viewer } from './find-viewer';

/** How far a log-out goes; `with_kakao` ends here what this browser has here, and Kakao is asked for the rest. */
export type SignOutScope = 'here' | 'everywhere' | 'with_kakao';

/**
 * Ends the sessions of these tokens, or every session of their users. More than one token is a browser with two session
 * cookies, of which none counts for anything else. Everywhere also means that Kakao's tokens, if any were kept, are
 * forgotten. Without a valid session nothing happens.
 */
export async function signOut(
  deps: LoginDeps,
  request: { readonly tokens: readonly string[]; readonly scope: SignOutScope; readonly device: Device },
): Promise<void> {
  for (const token of request.tokens) {
    const viewer = await findViewer(deps, token);
    if (viewer) await signOutViewer(deps, viewer, request.scope, request.device);
  }
}

async function signOutViewer(
  deps: LoginDeps,
  { user, sessionId }: Viewer,
  scope: SignOutScope,
  device: Device,
): Promise<void> {
  const { db } = deps;
  const now = deps.now();
  const place = placeOf(device, now);
  if (scope === 'everywhere') await revokeUserSessions(db, user.id, now, 'signed_out_everywhere');
  else await revokeSession(db, sessionId, now, 'signed_out');
  await recordSecurityEvent(db, user.id, { kind: 'logged_out', detail: scope, ...place });
  if (scope !== 'everywhere' || !(await deleteKakaoTokens(db, user.id))) return;
  await recordSecurityEvent(db, user.id, { kind: 'tokens_purged', ...place });
}
