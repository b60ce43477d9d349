import { noteConsent } from '../account/consents';
import { keepKakaoTokens } from '../account/kakao-tokens';
import { findWaitingKakaoIds } from '../db/pending-unlinks';
import { revokeSession } from '../db/sessions';
import { byAccessToken } from '../kakao/api';
import { type CallbackResult, readCallback, type ValidatedCode } from '../kakao/authorize';
import { KakaoError } from '../kakao/errors';
import { exchangeCode } from '../kakao/token';
import { fetchUser } from '../kakao/user';
import { clearFlow, type FlowCookie, openFlow, returnToOfState } from '../session/flow-cookie';
import { hashSid } from '../session/token';
import { type Device, type LoginDeps, loginBudgetMs } from './deps';
import { LoginError, type LoginErrorCode, toLoginError } from './errors';
import { findViewer } from './find-viewer';
import type { FinishedFlow } from './finished-flows';
import { defaultReturnTo, onSitePath, safeReturnTo } from './return-to';
import { signIn } from './sign-in';

/** A callback as it arrived, and what the browser sent with it. */
export interface Callback {
  readonly query: URLSearchParams;
  readonly cookieHeader: string | null;
  readonly sessionToken: string | null;
  readonly device: Device;
}

/** How a callback ended. `clearCookie` removes the flow, on every outcome. */
export type Finished =
  | {
      readonly kind: 'signed_in';
      readonly returnTo: string;
      readonly token: string;
      readonly expiresAt: number;
      readonly clearCookie: string;
    }
  | { readonly kind: 'already_signed_in'; readonly returnTo: string }
  /** A silent attempt that Kakao did not answer with a login: nobody asked for it, so nothing is said. */
  | {
      readonly kind: 'guest';
      readonly guestTo: string;
      readonly error: LoginError;
      readonly clearCookie: string;
    }
  | {
      readonly kind: 'failed';
      readonly error: LoginError;
      readonly returnTo: string;
      readonly clearCookie: string | null;
    };

/**
 * Finishes a login flow: the browser must be the one that started it, the code is exchanged once, the
 * person is signed in. A second arrival is not an error: see {@link FinishedFlows}. Never throws.
 */
export async function finish(deps: LoginDeps, callback: Callback): Promise<Finished> {
  const state = callback.query.get('state') ?? '';
  const flow = await openFlow(deps.keyring, deps.cookies, state, callback.cookieHeader);
  if (!flow) return withoutFlow(deps, callback, state).catch((error: unknown) => failed(error));
  const finished = await inFlow(deps, callback, flow);
  if (finished.kind !== 'failed' || flow.guestTo === null) return finished;
  return { ...finished, kind: 'guest', guestTo: onSitePath(flow.guestTo) ?? defaultReturnTo };
}

type InFlow = Extract<Finished, { kind: 'signed_in' | 'failed' }> & { readonly clearCookie: string };

async function inFlow(deps: LoginDeps, callback: Callback, flow: FlowCookie): Promise<InFlow> {
  const { state } = flow;
  const clearCookie = clearFlow(deps.cookies, state);
  const returnTo = safeReturnTo(flow.returnTo);
  const judged = readCallback(deps.kakao, callback.query, flow.state);
  if (judged.kind !== 'code') {
    return { kind: 'failed', error: new LoginError(failures[judged.kind]), returnTo, clearCookie };
  }
  try {
    const done = await deps.finishedFlows.once(state, () => run(deps, callback, flow, judged.code, returnTo));
    return { kind: 'signed_in', returnTo, token: done.token, expiresAt: done.expiresAt, clearCookie };
  } catch (error) {
    return { kind: 'failed', error: toLoginError(error), returnTo, clearCookie };
  }
}

const failures: Readonly<Record<Exclude<CallbackResult['kind'], 'code'>, LoginErrorCode>> = {
  cancelled: 'cancelled',
  not_silent: 'cancelled',
  under_14: 'under_14',
  misconfigured: 'misconfigured',
  unavailable: 'kakao_unavailable',
  invalid: 'expired',
};

function failed(error: unknown, returnTo = defaultReturnTo): Finished {
  return { kind: 'failed', error: toLoginError(error), returnTo, clearCookie: null };
}

/**
 * Not from a flow of this browser: nothing happens, and Kakao is not asked. Where an unfinished one was to lead is kept.
 */
async function withoutFlow(deps: LoginDeps, callback: Callback, state: string): Promise<Finished> {
  const viewer = await findViewer(deps, callback.sessionToken);
  const finished = await deps.finishedFlows.find(state);
  if (!viewer) {
    const aim = finished ? null : await returnToOfState(deps.keyring, state);
    return failed(new LoginError('expired'), safeReturnTo(aim));
  }
  const same = finished && hashSid(finished.sid) === viewer.sessionId;
  return { kind: 'already_signed_in', returnTo: same ? finished.returnTo : defaultReturnTo };
}

async function run(
  deps: LoginDeps,
  callback: Callback,
  flow: FlowCookie,
  code: ValidatedCode,
  returnTo: string,
): Promise<FinishedFlow> {
  const deadline = Date.now() + loginBudgetMs;
  const tokens = await exchangeCode(deps.kakao, code, flow, deadline);
  const person = await fetchUser(deps.kakao, byAccessToken(tokens.accessToken), deadline);
  if (tokens.subject !== null && tokens.subject !== person.id) {
    throw new KakaoError('id_token_invalid', 'the ID token is about somebody else than the profile');
  }
  if (flow.guestTo !== null) await refuseWhoHasLeft(deps, person.id);
  const { user, token, expiresAt, sid } = await signIn(deps, person, callback.device);
  if (deps.storesTokens) await keepKakaoTokens(deps, user.id, tokens);
  const asked = flow.scope.split(' ').filter((item) => tokens.granted.includes(item));
  for (const item of asked) await noteConsent(deps, user.id, 'consent_added', item, callback.device);
  const replaced = await findViewer(deps, callback.sessionToken);
  if (replaced) await revokeSession(deps.db, replaced.sessionId, deps.now(), 'replaced');
  return { token, expiresAt, sid, returnTo };
}

/** Somebody whose link Kakao has not cut yet would get an account again, and keep the link, without having asked. */
async function refuseWhoHasLeft(deps: LoginDeps, kakaoId: string): Promise<void> {
  const waiting = await findWaitingKakaoIds(deps.db, [kakaoId]);
  if (waiting.has(kakaoId)) throw new LoginError('cancelled');
}
