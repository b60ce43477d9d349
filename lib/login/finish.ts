import { keepKakaoTokens } from '../account/kakao-tokens';
import { revokeSession } from '../db/sessions';
import { readCallback, type ValidatedCode } from '../kakao/authorize';
import type { IdTokenClaims } from '../kakao/id-token';
import { exchangeCode } from '../kakao/token';
import { clearFlow, type OpenedFlow, openFlow, returnToOfState } from '../session/flow-cookie';
import { hashSid } from '../session/token';
import { withConsentAnswer } from './additional-consent';
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
  /** Asked before Kakao is: false when there are too many logins at the moment. */
  readonly mayAskKakao?: () => Promise<boolean>;
}

/** A login that is finished: now, or already before this callback arrived. */
export type Finished =
  | (FinishedFlow & { readonly kind: 'signed_in'; readonly clearCookie: string })
  | { readonly kind: 'already_signed_in'; readonly returnTo: string; readonly clearCookie: string | null };

/**
 * Finishes a login flow: the browser must be the one that started it, the code is exchanged once, the person is signed
 * in. A callback that arrives again is not an error, see {@link FinishedFlows}.
 *
 * @throws FailedLogin
 */
export async function finish(deps: LoginDeps, callback: Callback): Promise<Finished> {
  const state = callback.query.get('state') ?? '';
  const flow = openFlow(deps.keyring, deps.cookies, { state, cookieHeader: callback.cookieHeader });
  // There may be a cookie that cannot be opened: one that is over, or that somebody has tampered with.
  const clearCookie = clearFlow(deps.cookies, { state, cookieHeader: callback.cookieHeader });
  const viewer = await findViewer(deps, callback.sessionToken).catch((error: unknown) => {
    throw new FailedLogin(error, flow ?? { clearCookie });
  });
  if (!flow || deps.finishedFlows.isOver(state)) {
    return findEarlierLogin(deps, viewer, { state, clearCookie });
  }
  let isRepeated = true;
  try {
    const code = readCallback(deps.kakao, callback.query, flow.state);
    const session = await deps.finishedFlows.once(state, () => {
      isRepeated = false;
      return completeLogin(deps, callback, { flow, code, viewer });
    });
    if (isRepeated && !(await findViewer(deps, session.token))) throw new LoginError('expired');
    return { kind: 'signed_in', ...session, clearCookie: flow.clearCookie };
  } catch (error) {
    const declinedTo = viewer && flow.scope !== '' ? afterConsent(safeReturnTo(flow.returnTo), []) : null;
    throw new FailedLogin(toWebError(error), { ...flow, declinedTo });
  }
}

/** Exchanges the code, and signs in the person whom it stands for, in place of whoever was signed in. */
async function completeLogin(
  deps: LoginDeps,
  { device, mayAskKakao = async () => true }: Callback,
  {
    flow,
    code,
    viewer,
  }: { readonly flow: OpenedFlow; readonly code: ValidatedCode; readonly viewer: Viewer | null },
): Promise<FinishedFlow> {
  if (!(await mayAskKakao())) throw new LoginError('too_many_requests');
  const deadline = Date.now() + loginBudgetMs;
  const tokens = await exchangeCode(deps.kakao, code, { ...flow, deadline });
  const { person, isFetched } = await identify(deps, tokens, { scope: flow.scope, deadline });
  const consents = flow.scope.split(' ').filter((item) => tokens.granted.includes(item));
  const { user, token, expiresAt, sid } = await signIn(deps, person, {
    device,
    consents,
    isFetched,
    startedAt: new Date(flow.startedAt),
    isDeliberate: flow.guestPage === null,
    isInteractive: isInteractive(flow, tokens.idToken),
  });
  const sessionId = hashSid(sid);
  if (deps.storesTokens) await keepKakaoTokens(deps, { userId: user.id, sessionId }, tokens);
  if (viewer) await revokeSession(deps.db, viewer.sessionId, { at: deps.now(), reason: 'replaced' });
  if (!isFetched) {
    const login = { user, sessionId, accessToken: tokens.accessToken };
    deps.later.run(() => bringProfileUpToDate(deps, login));
  }
  const returnTo = safeReturnTo(flow.returnTo);
  return { token, expiresAt, sid, returnTo: flow.scope === '' ? returnTo : afterConsent(returnTo, consents) };
}

function afterConsent(returnTo: string, agreedTo: readonly string[]): string {
  return withConsentAnswer(returnTo, agreedTo.length > 0 ? 'agreed' : 'declined');
}

/** Kakao's clock may differ from ours by so much, ms. */
const clockToleranceMs = 60_000;

/**
 * Whether the person saw this login. Nobody sees a silent one. Where Kakao was told to ask again, an ID token has to say
 * that it did: whoever sits in front of somebody else's browser can take `prompt=login` out of the address.
 */
function isInteractive(
  { guestPage, asksAgain, startedAt }: OpenedFlow,
  idToken: IdTokenClaims | null,
): boolean {
  if (guestPage !== null) return false;
  if (!asksAgain || idToken === null) return true;
  return idToken.authTime !== null && idToken.authTime.getTime() >= startedAt - clockToleranceMs;
}

/** A login that began before its account was erased begins again. */
function toWebError(error: unknown): unknown {
  return error instanceof LoginError && error.code === 'withdrawn' ? new LoginError('expired', error) : error;
}

/**
 * A callback without a flow of this browser: Kakao is not asked, and whoever is signed in stays so. It has arrived
 * before, or the login was begun in another browser: then this one can begin it again with the same `returnTo`.
 */
async function findEarlierLogin(
  deps: LoginDeps,
  viewer: Viewer | null,
  { state, clearCookie }: { readonly state: string; readonly clearCookie: string | null },
): Promise<Finished> {
  const finished = await deps.finishedFlows.find(state);
  const returnTo = finished ? null : returnToOfState(deps.keyring, state);
  if (!viewer) throw new FailedLogin(new LoginError('expired'), { returnTo, clearCookie });
  const same = finished && hashSid(finished.sid) === viewer.sessionId;
  return { kind: 'already_signed_in', returnTo: same ? finished.returnTo : defaultReturnTo, clearCookie };
}
