import { noteConsent } from '../account/consents';
import { keepKakaoTokens } from '../account/kakao-tokens';
import { findWaitingKakaoIds } from '../db/pending-unlinks';
import { revokeSession } from '../db/sessions';
import { byAccessToken } from '../kakao/api';
import { readCallback } from '../kakao/authorize';
import { KakaoError } from '../kakao/errors';
import { exchangeCode } from '../kakao/token';
import { fetchUser } from '../kakao/user';
import { clearFlow, openFlow, returnToOfState } from '../session/flow-cookie';
import { hashSid } from '../session/token';
import { type Device, type LoginDeps, loginBudgetMs } from './deps';
import { FailedLogin, LoginError } from './errors';
import { findViewer } from './find-viewer';
import { defaultReturnTo, onSitePath, safeReturnTo } from './return-to';
import { signIn } from './sign-in';

/** A callback as it arrived, and what the browser sent with it. */
export interface Callback {
  readonly query: URLSearchParams;
  readonly cookieHeader: string | null;
  readonly sessionToken: string | null;
  readonly device: Device;
}

/** A login that is finished: now, or before this callback arrived again. `expiresAt` is in Unix seconds. */
export type Finished =
  | {
      readonly kind: 'signed_in';
      readonly returnTo: string;
      readonly token: string;
      readonly expiresAt: number;
      readonly clearCookie: string;
    }
  | { readonly kind: 'already_signed_in'; readonly returnTo: string };

/**
 * Finishes a login flow: the browser must be the one that started it, the code is exchanged once, the person is signed
 * in. A callback that arrives again is not an error, see {@link FinishedFlows}.
 *
 * @throws FailedLogin
 */
export async function finish(deps: LoginDeps, callback: Callback): Promise<Finished> {
  const state = callback.query.get('state') ?? '';
  const flow = await openFlow(deps.keyring, deps.cookies, state, callback.cookieHeader);
  if (!flow) return findEarlierLogin(deps, callback.sessionToken, state);
  const returnTo = safeReturnTo(flow.returnTo);
  const clearCookie = clearFlow(deps.cookies, state);
  try {
    const code = readCallback(deps.kakao, callback.query, flow.state);
    const { token, expiresAt } = await deps.finishedFlows.once(state, async () => {
      const deadline = Date.now() + loginBudgetMs;
      const tokens = await exchangeCode(deps.kakao, code, { ...flow, deadline });
      const person = await fetchUser(deps.kakao, byAccessToken(tokens.accessToken), deadline);
      if (tokens.subject !== null && tokens.subject !== person.id) {
        throw new KakaoError('id_token_invalid', 'the ID token is about somebody else than the profile');
      }
      if (flow.guestTo !== null) await refuseWhoHasLeft(deps, person.id);
      const { user, sid, ...session } = await signIn(deps, person, callback.device);
      if (deps.storesTokens) await keepKakaoTokens(deps, user.id, tokens);
      const added = flow.scope.split(' ').filter((item) => tokens.granted.includes(item));
      for (const item of added) await noteConsent(deps, user.id, 'consent_added', item, callback.device);
      const replaced = await findViewer(deps, callback.sessionToken);
      if (replaced) await revokeSession(deps.db, replaced.sessionId, deps.now(), 'replaced');
      return { ...session, sid, returnTo };
    });
    return { kind: 'signed_in', returnTo, token, expiresAt, clearCookie };
  } catch (error) {
    const guestTo = flow.guestTo === null ? null : (onSitePath(flow.guestTo) ?? defaultReturnTo);
    throw new FailedLogin(error, { returnTo, guestTo, clearCookie });
  }
}

/** A silent attempt must not give an account back to somebody whom Kakao has yet to unlink: they did not ask for it. */
async function refuseWhoHasLeft(deps: LoginDeps, kakaoId: string): Promise<void> {
  const waiting = await findWaitingKakaoIds(deps.db, [kakaoId]);
  if (waiting.has(kakaoId)) throw new LoginError('cancelled');
}

/**
 * A callback without a flow of this browser: nobody is signed in by it and Kakao is not asked. It may be one that has
 * arrived before, or one from a browser that began the login elsewhere, which can begin it again with the same aim.
 */
async function findEarlierLogin(
  deps: LoginDeps,
  sessionToken: string | null,
  state: string,
): Promise<Finished> {
  const viewer = await findViewer(deps, sessionToken).catch((error: unknown) => {
    throw new FailedLogin(error);
  });
  const finished = await deps.finishedFlows.find(state);
  if (viewer) {
    const same = finished !== null && hashSid(finished.sid) === viewer.sessionId;
    return { kind: 'already_signed_in', returnTo: same ? finished.returnTo : defaultReturnTo };
  }
  const returnTo = safeReturnTo(finished ? null : await returnToOfState(deps.keyring, state));
  throw new FailedLogin(new LoginError('expired'), { returnTo });
}
