import { authorizationUrl, createFlowSecrets, type Prompt } from '../kakao/authorize';
import { sealFlow } from '../session/flow-cookie';
import type { LoginDeps } from './deps';
import { safeReturnTo } from './return-to';

/** A login that was begun: where to send the browser, and the cookies that bind the flow to it. */
export interface BegunLogin {
  readonly location: string;
  readonly setCookies: readonly string[];
}

/** Begins a login flow. Nothing is stored here: the browser carries the sealed flow. */
export async function begin(
  deps: LoginDeps,
  request: {
    readonly returnTo: string | null;
    readonly prompt: Prompt | undefined;
    /** Consent items to ask for; none is a plain login. */
    readonly scope?: readonly string[];
    readonly cookieHeader: string | null;
  },
): Promise<BegunLogin> {
  const secrets = createFlowSecrets();
  const flow = { ...secrets, returnTo: safeReturnTo(request.returnTo) };
  return {
    location: await authorizationUrl(deps.kakao, secrets, {
      prompt: request.prompt,
      scope: request.scope ?? [],
    }),
    setCookies: await sealFlow(deps.keyring, deps.cookies, flow, request.cookieHeader),
  };
}
