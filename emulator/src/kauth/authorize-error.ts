import { type Reply, redirectReply } from '../server/reply.ts';
import type { AuthorizeRequest } from './authorize-request.ts';

/** Sends the browser back with `access_denied`. */
export function deny(asked: AuthorizeRequest, description = 'User denied access'): Reply {
  return sendError(asked, 'access_denied', description);
}

/** Sends the browser back with an error (RFC 6749 4.1.2.1) and the `state`. */
export function sendError(
  asked: Pick<AuthorizeRequest, 'redirectUri' | 'state'>,
  error: string,
  description: string,
): Reply {
  return redirectReply(asked.redirectUri, { error, error_description: description, state: asked.state });
}
