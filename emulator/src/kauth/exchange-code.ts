import { createHash } from 'node:crypto';
import { agreeToTerms } from '../account/agree-to-terms.ts';
import { agree, linkApp } from '../account/link-app.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { Client } from '../world/clients.ts';
import { type CodeGrant, findCode, useCode } from '../world/codes.ts';
import { mayIssue } from '../world/issue-rate.ts';
import { hasAccount } from '../world/users.ts';
import { now, type World } from '../world/world.ts';
import { koeError } from './error.ts';
import { issueLogin } from './issue-login.ts';

/**
 * The grant `authorization_code`. Refusals: KOE320 (code unknown, used or expired), KOE114 (other key's code), KOE303
 * (redirect URI), KOE313 (PKCE), KOE237 (rate). A code is used up by success only, unless the settings say otherwise.
 */
export async function exchangeCode(client: Client, request: KakaoRequest, world: World): Promise<Reply> {
  const { form } = request;
  const code = form.get('code');
  const found = findCode(world.codes, code ?? '', now(world));
  if (!found || !hasAccount(found.user, world)) return koeError('KOE320', world, code);
  const useUp = (how: string) =>
    useCode(world.codes, code ?? '', { how, at: now(world), request: request.id });
  const refusal = exchangeRefusal(found, client, form, world);
  if (refusal && world.settings.codeUsedUpBy === 'any_answer') useUp('a refused exchange');
  if (refusal) return refusal;
  const holder = { app: client.app, user: found.user };
  if (world.settings.tokenRateLimit && !mayIssue(world.issueTimes, holder, true, now(world)))
    return koeError('KOE237', world);
  useUp('its use');
  const link = linkApp(world, client.app, found.user);
  agree(world, link, found.agreed.items);
  agreeToTerms(world, link, found.agreed.terms, 'KAUTH');
  return jsonReply(await issueLogin({ ...found, link, key: client.key, fault: request.idTokenFault }, world));
}

function exchangeRefusal(
  found: CodeGrant,
  { key }: Client,
  form: URLSearchParams,
  world: World,
): Reply | undefined {
  if (found.client.key !== key) return koeError('KOE114', world);
  if (form.get('redirect_uri') !== found.redirectUri) return koeError('KOE303', world);
  if (found.codeChallenge === null || challengeOf(form.get('code_verifier')) === found.codeChallenge)
    return undefined;
  return koeError('KOE313', world);
}

/** S256 of RFC 7636 4.2. */
function challengeOf(verifier: string | null): string | null {
  return verifier === null ? null : createHash('sha256').update(verifier).digest('base64url');
}
