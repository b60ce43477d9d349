import { type RedirectErrorName, redirectErrors } from '../refusals/redirect-errors.ts';
import { type Reply, redirectReply } from '../server/reply.ts';
import type { AuthorizeRequest } from './authorize-request.ts';

/** Where the browser goes back to. */
type Return = Pick<AuthorizeRequest, 'redirectUri' | 'state'>;

/** Sends the browser back with one of Kakao's errors. */
export function sendBack(asked: Return, name: RedirectErrorName): Reply {
  const { error, description } = redirectErrors[name];
  return sendError(asked, error, description);
}

/** Sends the browser back with an error (RFC 6749 4.1.2.1) and the `state`. */
export function sendError({ redirectUri, state }: Return, error: string, description: string): Reply {
  return redirectReply(redirectUri, { error, error_description: description, state });
}
