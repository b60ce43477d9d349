import type { Group } from '../verdict.ts';
import { accountStateWebhookCases } from './account-state-webhook.ts';
import { apiCases } from './api.ts';
import { authorizeErrorCases } from './authorize-errors.ts';
import { authorizeRequestCases } from './authorize-request.ts';
import { callbackCases } from './callback.ts';
import { failingKakaoCases } from './failing-kakao.ts';
import { idTokenCases, keyRotationCases } from './id-token.ts';
import { loginCsrfCases } from './login-csrf.ts';
import { logoutCases } from './logout.ts';
import { openRedirectCases } from './open-redirect.ts';
import { profileCases } from './profile.ts';
import { secretCases } from './secrets.ts';
import { sessionCases } from './session.ts';
import { unlinkWebhookCases } from './unlink-webhook.ts';

/** Every case, in the order in which they run. */
export const allCases: readonly Group[] = [
  { name: 'What the app asks of Kakao', cases: authorizeRequestCases },
  { name: 'Logins of somebody else', cases: loginCsrfCases },
  { name: 'The callback', cases: callbackCases },
  { name: 'Kakao says no', cases: authorizeErrorCases },
  { name: 'ID tokens', cases: idTokenCases },
  { name: 'People', cases: profileCases },
  { name: 'Open redirects', cases: openRedirectCases },
  { name: 'The session', cases: sessionCases },
  { name: 'Logging out', cases: logoutCases },
  { name: 'Tokens in the Authorization header', cases: apiCases },
  { name: 'Unlink webhook', cases: unlinkWebhookCases },
  { name: 'Account-state webhook', cases: accountStateWebhookCases },
  { name: 'Kakao fails', cases: failingKakaoCases },
  { name: 'Kakao’s keys', cases: keyRotationCases },
  { name: 'Secrets', cases: secretCases },
];
