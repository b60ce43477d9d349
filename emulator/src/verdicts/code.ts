import { createHash } from 'node:crypto';
import type { KakaoRequest } from '../server/request.ts';
import { hasAccount } from '../world/users.ts';
import { now, type World } from '../world/world.ts';
import { ago, span } from './ago.ts';
import { kindOfCredential } from './credential.ts';
import { differenceBetween } from './difference.ts';

/** KOE320: why there is no such code. */
export function unknownCode({ form }: KakaoRequest, world: World): string {
  const code = form.get('code');
  if (!code) return 'code was not sent';
  const known = world.codes.get(code);
  if (known?.use) return `the code was used ${ago(known.use, now(world))}`;
  if (known && !hasAccount(known.user, world)) return 'the Kakao Account that the code is for was deleted';
  if (known) return `the code expired ${span(now(world) - known.expiresAt)} ago`;
  const kind = kindOfCredential(code, world);
  if (kind) return `this is ${kind}, not an authorization code`;
  const like = issuedLike(code, world);
  return like
    ? `the code has ${code.length} characters where it had ${like.length} when it was issued`
    : 'a code like this was never issued here, or is long forgotten';
}

/** KOE114: whose code it is. */
export function foreignCode({ form }: KakaoRequest, world: World): string | undefined {
  const code = world.codes.get(form.get('code') ?? '');
  if (!code) return undefined;
  const { app, key } = code.client;
  return `the code was issued to client_id ${key.key} (app ${app.appId}), but exchanged with client_id ${form.get('client_id')}`;
}

/** KOE303: how the redirect URI differs from that of the authorize request. */
export function otherRedirectUri({ form }: KakaoRequest, world: World): string | undefined {
  const right = world.codes.get(form.get('code') ?? '')?.redirectUri;
  const sent = form.get('redirect_uri');
  if (right === undefined) return undefined;
  if (!sent) return `redirect_uri was not sent; it has to be that of the authorize request: ${right}`;
  return `redirect_uri differs from that of the authorize request, ${right}: ${differenceBetween(sent, right)}`;
}

/** KOE313: what the verifier hashes to. */
export function otherVerifier({ form }: KakaoRequest, world: World): string | undefined {
  const challenge = world.codes.get(form.get('code') ?? '')?.codeChallenge;
  const verifier = form.get('code_verifier');
  if (!challenge) return undefined;
  if (!verifier) return 'code_verifier was not sent, though the authorize request had a code_challenge';
  if (verifier === challenge)
    return 'code_verifier is the code_challenge itself; send the text that was hashed';
  const hash = createHash('sha256').update(verifier).digest('base64url');
  return `code_verifier hashes to ${hash}, but the challenge was ${challenge}`;
}

/** A code that was cut, or has something around it, on its way through the app. */
function issuedLike(code: string, { codes }: World): string | undefined {
  if (code.length < 20 || code.length > 400) return undefined;
  return [...codes.keys()].find((it) => it.includes(code) || code.includes(it));
}
