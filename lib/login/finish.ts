import { keepKakaoTokens } from '../account/kakao-tokens';
import { isPendingUnlink } from '../db/pending-unlinks';
import { revokeSession } from '../db/sessions';
import { readCallback } from '../kakao/authorize';
import { exchangeCode } from '../kakao/token';
import { openFlow, returnToOfState } from '../session/flow-cookie';
import { hashSid } from '../session/token';
import { type Device, type LoginDeps, loginBudgetMs } from './deps';
import { FailedLogin, LoginError } from './errors';
import { findViewer, type Viewer } from './find-viewer';
import type { FinishedFlow } from './finished-flows';
import { bringProfileUpToDate, identify } from './profile';
import { defaultReturnTo, safeReturnTo } from './return-to';
import { signIn } from './sign-in';

/** A callback as it arrived, and what the browser sent with it. */
export interface Callback {
  readonly query: URLSearchParams;
  readonly cookieHeader: string | null;
  readonly sessionToken: string | null;
  readonly device: Device;
}

/** A login that is finished: now, or already before this callback arrived. */
export type Finished =
  | (FinishedFlow & { readonly kind: 'signed_in'; readonly clearCookie: string })
  | { readonly kind: 'already_signed_in'; readonly returnTo: string };

/**
 * Finishes a login flow: the browser must be the one that started it, the code is exchanged once, the person is signed
 * in. A callback that arrives again is not an error, see {@link FinishedFlows}.
 *
 * @throws FailedLogin
 */
export async function finish(deps: LoginDeps, callback: Callback): Promise<Finished> {
  const state = callback.query.get('state') ?? '';
  const flow = openFlow(deps.keyring, deps.cookies, { state, cookieHeader: callback.cookieHeader });
  const viewer = await findViewer(deps, callback.sessionToken).catch((error: unknown) => {
    throw new FailedLogin(error, flow ?? {});
  });
  if (!flow) return findEarlierLogin(deps, viewer, state);
  try {
    const code = readCallback(deps.kakao, callback.query, flow.state);
    const session = await deps.finishedFlows.once(state, async () => {
      const deadline = Date.now() + loginBudgetMs;
      const tokens = await exchangeCode(deps.kakao, code, { ...flow, deadline });
      const { person, isFetched } = await identify(deps, tokens, { scope: flow.scope, deadline });
      if (flow.guestTo !== null) await refuseWhoHasLeft(deps, person.id);
      const consents = flow.scope.split(' ').filter((item) => tokens.granted.includes(item));
      const context = { device: callback.device, consents, isFetched };
      const { user, token, expiresAt, sid } = await signIn(deps, person, context);
      if (deps.storesTokens) await keepKakaoTokens(deps, user.id, tokens);
      if (viewer) await revokeSession(deps.db, viewer.sessionId, { at: deps.now(), reason: 'replaced' });
      if (!isFetched) {
        const login = { user, sessionId: hashSid(sid), accessToken: tokens.accessToken };
        deps.later.run(() => bringProfileUpToDate(deps, login));
      }
      return { token, expiresAt, sid, returnTo: safeReturnTo(flow.returnTo) };
    });
    return { kind: 'signed_in', ...session, clearCookie: flow.clearCookie };
  } catch (error) {
    throw new FailedLogin(error, flow);
  }
}

/** A silent attempt must not give an account back to somebody whom Kakao has yet to unlink: they did not ask for it. */
async function refuseWhoHasLeft(deps: LoginDeps, kakaoId: string): Promise<void> {
  if (await isPendingUnlink(deps.db, kakaoId)) throw new LoginError('cancelled');
}

/**
 * A callback without a flow of this browser: Kakao is not asked, and whoever is signed in stays so. It has arrived
 * before, or the login was begun in another browser: then this one can begin it again with the same `returnTo`.
 */
async function findEarlierLogin(deps: LoginDeps, viewer: Viewer | null, state: string): Promise<Finished> {
  const finished = await deps.finishedFlows.find(state);
  const returnTo = finished ? null : returnToOfState(deps.keyring, state);
  if (!viewer) throw new FailedLogin(new LoginError('expired'), { returnTo });
  const same = finished && hashSid(finished.sid) === viewer.sessionId;
  return { kind: 'already_signed_in', returnTo: same ? finished.returnTo : defaultReturnTo };
}
