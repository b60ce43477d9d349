import { deleteKakaoTokens } from '../db/kakao-tokens';
import { revokeSession, revokeUserSessions } from '../db/sessions';
import type { LoginDeps } from './deps';
import { findViewer } from './find-viewer';

/**
 * Ends the session of a token, or every session of its user. Everywhere also means that Kakao's
 * tokens, if any were kept, are forgotten. Without a valid session nothing happens.
 */
export async function signOut(deps: LoginDeps, token: string | null, everywhere: boolean): Promise<void> {
  const viewer = await findViewer(deps, token);
  if (!viewer) return;
  const userId = viewer.user.id;
  if (!everywhere) return revokeSession(deps.db, viewer.sessionId, deps.now(), 'signed_out');
  await revokeUserSessions(deps.db, userId, deps.now(), 'signed_out_everywhere');
  await deleteKakaoTokens(deps.db, userId);
}
