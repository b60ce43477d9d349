import { authorizationUrl, createFlowSecrets, type Prompt } from '../kakao/authorize';
import { sealFlow, stateWithReturnTo } from '../session/flow-cookie';
import type { LoginDeps } from './deps';
import { type GuestPage, safeReturnTo, shortPath } from './return-to';

/** A login that was begun: where to send the browser, and the cookies that bind the flow to it. */
export interface BegunLogin {
  readonly location: string;
  readonly setCookies: readonly string[];
}

/** Begins a login flow. Nothing is stored here: the browser carries the sealed flow. */
export function begin(
  deps: LoginDeps,
  request: {
    readonly returnTo: string | null;
    readonly prompt: Exclude<Prompt, 'none'> | undefined;
    /** Consent items to ask for; none is a plain login. */
    readonly scope?: readonly string[];
    /** Makes this a silent attempt: Kakao shows nothing, and whom it does not know goes there. */
    readonly guestPage?: GuestPage;
    readonly cookieHeader: string | null;
  },
): BegunLogin {
  const returnTo = shortPath(safeReturnTo(request.returnTo));
  const made = createFlowSecrets();
  const secrets = { ...made, state: stateWithReturnTo(deps.keyring, made.state, returnTo) };
  const { scope = [], guestPage = null } = request;
  const startedAt = deps.now().getTime();
  const asksAgain = request.prompt === 'login';
  const flow = { ...secrets, returnTo, guestPage, scope: scope.join(' '), startedAt, asksAgain };
  return {
    location: authorizationUrl(deps.kakao, secrets, {
      prompt: guestPage === null ? request.prompt : 'none',
      scope,
    }),
    setCookies: sealFlow(deps.keyring, deps.cookies, { flow, cookieHeader: request.cookieHeader }),
  };
}
