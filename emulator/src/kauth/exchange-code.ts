import { createHash } from 'node:crypto';
import { agree, agreeToTerms, linkApp } from '../account/linking.ts';
import { differenceBetween } from '../refusals/difference.ts';
import { Refusal } from '../refusals/refusal.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { Client } from '../world/apps.ts';
import { ago, kindOfCredential, span } from '../world/credentials.ts';
import { mayIssue } from '../world/limits.ts';
import { type CodeGrant, findCode, useCode } from '../world/tokens.ts';
import { hasAccount } from '../world/users.ts';
import { now, type World } from '../world/world.ts';
import { issueLogin } from './issue-login.ts';

/**
 * The grant `authorization_code`. Refusals: KOE320 (code unknown, used or expired), KOE114 (other key's code), KOE303
 * (redirect URI), KOE313 (PKCE), KOE237 (rate). A code is used up by success only, unless the settings say otherwise.
 */
export async function exchangeCode(
  { app, key }: Client,
  request: KakaoRequest,
  world: World,
): Promise<Reply> {
  const { form } = request;
  const code = form.get('code') ?? '';
  const found = findCode(world.codes, code, now(world));
  if (!found || !hasAccount(found.user, world))
    throw new Refusal('KOE320', { value: form.get('code'), verdict: unknownCodeVerdict(code, world) });
  const useUp = (how: string) => useCode(world.codes, code, { how, at: now(world), request: request.id });
  const refusal = (koe: string, verdict: string) => {
    if (world.settings.codeUsedUpBy === 'any_answer') useUp('a refused exchange');
    return new Refusal(koe, { verdict });
  };
  if (found.client.key !== key) throw refusal('KOE114', foreignCodeVerdict(found, key.key));
  const redirectUri = form.get('redirect_uri');
  if (redirectUri !== found.redirectUri) throw refusal('KOE303', otherRedirectUriVerdict(redirectUri, found));
  const { codeChallenge } = found;
  const verifier = form.get('code_verifier');
  if (codeChallenge !== null && (verifier === null || challengeOf(verifier) !== codeChallenge))
    throw refusal('KOE313', otherVerifierVerdict(verifier, codeChallenge));
  const holder = { app, user: found.user };
  if (world.settings.tokenRateLimit && !mayIssue(world.issueTimes, holder, true, now(world)))
    throw new Refusal('KOE237');
  useUp('its use');
  const link = linkApp(world, app, found.user);
  agree(world, link, found.agreed.items);
  agreeToTerms(world, link, { tags: found.agreed.terms, by: 'KAUTH' });
  return jsonReply(await issueLogin({ ...found, link, key, fault: request.idTokenFault }, world));
}

/** S256 of RFC 7636 4.2. */
function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

function unknownCodeVerdict(code: string, world: World): string {
  if (code === '') return 'code was not sent';
  const known = world.codes.get(code);
  if (known?.use) return `the code was used ${ago(known.use, now(world))}`;
  if (known && !hasAccount(known.user, world)) return 'the Kakao Account that the code is for was deleted';
  if (known) return `the code expired ${span(now(world) - known.expiresAt)} ago`;
  const kind = kindOfCredential(code, world);
  if (kind) return `this is ${kind}, not an authorization code`;
  const like = similarIssuedCode(code, world);
  return like
    ? `the code has ${code.length} characters where it had ${like.length} when it was issued`
    : 'a code like this was never issued here, or is long forgotten';
}

/** An issued code that the app has truncated, or wrapped in other text. */
function similarIssuedCode(code: string, { codes }: World): string | undefined {
  if (code.length < 20 || code.length > 400) return undefined;
  return [...codes.keys()].find((it) => it.includes(code) || code.includes(it));
}

function foreignCodeVerdict({ client: { app, key } }: CodeGrant, clientId: string): string {
  return `the code was issued to client_id ${key.key} (app ${app.appId}), but exchanged with client_id ${clientId}`;
}

function otherRedirectUriVerdict(sent: string | null, { redirectUri }: CodeGrant): string {
  if (!sent) return `redirect_uri was not sent; it has to be that of the authorize request: ${redirectUri}`;
  return `redirect_uri differs from that of the authorize request, ${redirectUri}: ${differenceBetween(sent, redirectUri)}`;
}

function otherVerifierVerdict(verifier: string | null, challenge: string): string {
  if (!verifier) return 'code_verifier was not sent, though the authorize request had a code_challenge';
  if (verifier === challenge)
    return 'code_verifier is the code_challenge itself; send the text that was hashed';
  return `code_verifier hashes to ${challengeOf(verifier)}, but the challenge was ${challenge}`;
}
