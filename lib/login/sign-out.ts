import { revokeSession, revokeUserSessions } from '../db/sessions';
import type { LoginDeps } from './deps';
import { findViewer } from './find-viewer';

/** Ends the session of a token, or every session of its user. Without a valid session nothing happens. */
export async function signOut(deps: LoginDeps, token: string | null, everywhere: boolean): Promise<void> {
  const viewer = await findViewer(deps, token);
  if (!viewer) return;
  if (everywhere) await revokeUserSessions(deps.db, viewer.user.id, deps.now(), 'signed_out_everywhere');
  else await revokeSession(deps.db, viewer.sessionId, deps.now(), 'signed_out');
}
