import { z } from 'zod';
import { authorizationUrl, createFlowSecrets } from '../kakao/authorize';
import { KakaoError } from '../kakao/errors';
import { fetchLinkedIds } from '../kakao/links';
import { refreshTokens } from '../kakao/token';
import { doubtful, type Finding, fine, wrong } from './doctor';
import type { Env } from './env';

/** Asks Kakao, and the app itself, what cannot be seen from here. Nothing is changed, and nobody is logged in. */
export async function examineLive(env: Env, now: () => Date = () => new Date()): Promise<Finding[]> {
  const checks = [
    examineDiscovery(env, now),
    examineKeys(env),
    examineAuthorize(env),
    examineCredentials(env),
    examineAdminKey(env),
    examineOwnAddress(env),
  ];
  return (await Promise.all(checks)).flat();
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** One GET that follows nothing; `null` when there is no answer in five seconds. */
async function ask(url: string): Promise<Answer | null> {
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) });
    return { status: answer.status, headers: answer.headers, body: await answer.text() };
  } catch {
    return null;
  }
}

const discovery = z.object({ issuer: z.string(), jwks_uri: z.string() });
const keys = z.object({ keys: z.array(z.object({ kty: z.literal('RSA'), kid: z.string() })).min(1) });

/** Its clock too: an ID token that is more than five seconds off is refused. */
async function examineDiscovery({ kakao }: Env, now: () => Date): Promise<Finding[]> {
  const asked = now();
  const answer = await ask(`${kakao.authServerOrigin}/.well-known/openid-configuration`);
  if (!answer)
    return [
      wrong(
        'Kakao',
        'does not answer at KAKAO_AUTH_SERVER_ORIGIN, or KAKAO_AUTH_ORIGIN: is the way out open?',
      ),
    ];
  const { data } = discovery.safeParse(parseJson(answer.body));
  const issuer =
    data?.issuer === kakao.issuer
      ? fine('OpenID Connect', 'ID tokens have the issuer that is expected')
      : wrong('OpenID Connect', 'Kakao has another issuer than KAKAO_ISSUER: ID tokens would be refused');
  return [fine('Kakao', 'answers'), issuer, examineClock(answer, asked, now())];
}

function examineClock({ headers }: Answer, asked: Date, answered: Date): Finding {
  const theirs = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(theirs)) return doubtful('clock', 'Kakao did not say what time it is');
  // The header has whole seconds, cut off.
  const behind = (asked.getTime() - theirs - 1_000) / 1_000;
  const ahead = (theirs - answered.getTime()) / 1_000;
  const off = Math.ceil(Math.max(behind, ahead));
  if (off <= 2) return fine('clock', "agrees with Kakao's");
  const text = `differs from Kakao's by about ${off} s: ID tokens and webhooks are refused beyond 5 s; set it by NTP`;
  return off > 5 ? wrong('clock', text) : doubtful('clock', text);
}

async function examineKeys({ kakao }: Env): Promise<Finding[]> {
  const answer = await ask(`${kakao.authServerOrigin}/.well-known/jwks.json`);
  const usable = keys.safeParse(parseJson(answer?.body ?? '')).success;
  return [
    usable
      ? fine('keys', 'of Kakao can be fetched')
      : wrong('keys', 'of Kakao cannot be fetched: ID tokens and webhooks cannot be verified'),
  ];
}

const pageCodes: Readonly<Record<string, string>> = {
  KOE004: 'Kakao Login is off: [카카오 로그인] > [사용 설정]',
  KOE006: 'the redirect URI is not registered under this key, letter by letter',
  KOE008: 'KAKAO_CLIENT_ID is another kind of key: take the REST API key',
  KOE101: 'KAKAO_CLIENT_ID is no REST API key that Kakao knows',
  KOE205: 'an item of KAKAO_SCOPE is not set under [동의항목], or OpenID Connect is off',
};

/** A silent login of nobody: with the right key, redirect URI and consent items Kakao sends it back. */
async function examineAuthorize({ kakao }: Env): Promise<Finding[]> {
  const url = authorizationUrl({ ...kakao, authOrigin: kakao.authServerOrigin }, createFlowSecrets(), {
    prompt: 'none',
  });
  const answer = await ask(url);
  if (!answer) return [];
  const location = answer.headers.get('location') ?? '';
  if (
    location.startsWith(`${kakao.redirectUri}?`) &&
    new URL(location).searchParams.get('error') !== 'invalid_scope'
  ) {
    return [fine('redirect URI', 'KAKAO_CLIENT_ID and KAKAO_SCOPE are as registered')];
  }
  const [code] = /KOE\d{3}/.exec(`${location} ${answer.body}`) ?? [];
  if (code) return [wrong('authorize page', `${code}: ${pageCodes[code] ?? 'see docs/kakao-console.md'}`)];
  return [doubtful('authorize page', 'did not answer a silent login as expected: try one in a browser')];
}

/** A refresh token that nobody has: Kakao looks at the key and its secret first. */
async function examineCredentials({ kakao }: Env): Promise<Finding[]> {
  const error = await failureOf(refreshTokens(kakao, 'doctor', Date.now() + 5_000));
  if (error?.code === 'code_rejected') return [fine('KAKAO_CLIENT_SECRET', 'is accepted by Kakao')];
  if (!error || error.transient)
    return [doubtful('KAKAO_CLIENT_SECRET', 'could not be tried: Kakao does not answer')];
  return [
    wrong('KAKAO_CLIENT_SECRET', `or KAKAO_CLIENT_ID is refused by Kakao (${error.kakaoCode ?? error.code})`),
  ];
}

async function examineAdminKey({ kakao }: Env): Promise<Finding[]> {
  if (!kakao.adminKey) return [];
  const error = await failureOf(fetchLinkedIds(kakao, null, Date.now() + 5_000));
  if (!error) return [fine('KAKAO_ADMIN_KEY', 'is accepted by Kakao')];
  if (error.transient)
    return [doubtful('KAKAO_ADMIN_KEY', 'could not be tried: Kakao does not answer at KAKAO_API_ORIGIN')];
  return [wrong('KAKAO_ADMIN_KEY', `is refused by Kakao (${error.kakaoCode ?? error.code})`)];
}

/** Whether people reach the app where they are told that it is; before the first start they do not. */
async function examineOwnAddress({ origin }: Env): Promise<Finding[]> {
  const answer = await ask(`${origin}/api/health/live`);
  if (answer?.status === 200) return [fine('NEXTAUTH_URL', 'answers')];
  return [
    doubtful(
      'NEXTAUTH_URL',
      'does not answer from here: is the app running, its certificate valid, the name known?',
    ),
  ];
}

async function failureOf(asked: Promise<unknown>): Promise<KakaoError | null> {
  try {
    await asked;
    return null;
  } catch (error) {
    if (error instanceof KakaoError) return error;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
