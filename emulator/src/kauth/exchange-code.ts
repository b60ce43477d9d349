import { createHash } from 'node:crypto';
import { agree, agreeToTerms, linkApp } from '../account/linking.ts';
import { differenceBetween } from '../refusals/difference.ts';
import { Refusal } from '../refusals/refusal.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { Client } from '../world/apps.ts';
import type { Bilingual } from '../world/consent-items.ts';
import { ago, kindOfCredential, notThisKind, span } from '../world/credentials.ts';
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
  const useUp = (how: Bilingual) => useCode(world.codes, code, { how, at: now(world), request: request.id });
  const refusal = (koe: string, verdict: Bilingual) => {
    if (world.settings.codeUsedUpBy === 'any_answer') useUp({ en: 'a refused exchange', ko: '거절된 교환' });
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
  useUp({ en: 'its use', ko: '사용' });
  const link = linkApp(world, app, found.user);
  agree(world, link, found.agreed.items);
  agreeToTerms(world, link, { tags: found.agreed.terms, by: 'KAUTH' });
  return jsonReply(await issueLogin({ ...found, link, key, fault: request.idTokenFault }, world));
}

/** S256 of RFC 7636 4.2. */
function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

function unknownCodeVerdict(code: string, world: World): Bilingual {
  if (code === '') return { en: 'code was not sent', ko: 'code 값을 보내지 않았습니다' };
  const known = world.codes.get(code);
  if (known?.use) {
    const { en, ko } = ago(known.use, now(world));
    return { en: `the code was used ${en}`, ko: `이 코드는 ${ko} 사용되었습니다` };
  }
  if (known && !hasAccount(known.user, world)) {
    return {
      en: 'the Kakao Account that the code is for was deleted',
      ko: '이 코드를 받은 카카오계정이 삭제되었습니다',
    };
  }
  if (known) {
    const { en, ko } = span(now(world) - known.expiresAt);
    return { en: `the code expired ${en} ago`, ko: `이 코드는 ${ko} 전에 만료되었습니다` };
  }
  const kind = kindOfCredential(code, world);
  if (kind) return notThisKind(kind, { en: 'an authorization code', ko: '인가 코드' });
  const like = similarIssuedCode(code, world);
  if (like) {
    return {
      en: `the code has ${code.length} characters where it had ${like.length} when it was issued`,
      ko: `코드가 ${code.length}자입니다. 발급할 때는 ${like.length}자였습니다`,
    };
  }
  return {
    en: 'a code like this was never issued here, or is long forgotten',
    ko: '여기서 발급한 적이 없거나 오래전에 지워진 코드입니다',
  };
}

/** An issued code that the app has truncated, or wrapped in other text. */
function similarIssuedCode(code: string, { codes }: World): string | undefined {
  if (code.length < 20 || code.length > 400) return undefined;
  return [...codes.keys()].find((it) => it.includes(code) || code.includes(it));
}

function foreignCodeVerdict({ client: { app, key } }: CodeGrant, clientId: string): Bilingual {
  return {
    en: `the code was issued to client_id ${key.key} (app ${app.appId}), but exchanged with client_id ${clientId}`,
    ko: `코드는 client_id ${key.key}(앱 ${app.appId})에 발급되었는데 client_id ${clientId}로 교환하려 했습니다`,
  };
}

function otherRedirectUriVerdict(sent: string | null, { redirectUri }: CodeGrant): Bilingual {
  if (!sent) {
    return {
      en: `redirect_uri was not sent; it has to be that of the authorize request: ${redirectUri}`,
      ko: `redirect_uri 값을 보내지 않았습니다. 인가 요청의 값과 같아야 합니다: ${redirectUri}`,
    };
  }
  const { en, ko } = differenceBetween(sent, redirectUri);
  return {
    en: `redirect_uri differs from that of the authorize request, ${redirectUri}: ${en}`,
    ko: `redirect_uri 값이 인가 요청의 ${redirectUri} 주소와 다릅니다: ${ko}`,
  };
}

function otherVerifierVerdict(verifier: string | null, challenge: string): Bilingual {
  if (!verifier) {
    return {
      en: 'code_verifier was not sent, though the authorize request had a code_challenge',
      ko: '인가 요청에 code_challenge가 있었는데 code_verifier 값을 보내지 않았습니다',
    };
  }
  if (verifier === challenge) {
    return {
      en: 'code_verifier is the code_challenge itself; send the text that was hashed',
      ko: 'code_verifier 값이 code_challenge와 같습니다. 해시하기 전의 값을 보내세요',
    };
  }
  return {
    en: `code_verifier hashes to ${challengeOf(verifier)}, but the challenge was ${challenge}`,
    ko: `code_verifier의 해시는 ${challengeOf(verifier)}인데 code_challenge는 ${challenge}였습니다`,
  };
}
