import type { Bilingual } from './consent-items.ts';
import type { Ending } from './links.ts';
import type { IssuedToken } from './tokens.ts';
import { now, type World } from './world.ts';

/** How a refresh token ends that a newer one takes the place of. */
export const rotation: Bilingual = { en: 'rotation', ko: '교체' };

/** A kind of credential in words, such as `an authorization code`. */
interface CredentialKind extends Bilingual {
  readonly is: 'code' | 'access_token' | 'refresh_token' | 'id_token' | 'client_secret' | 'key' | 'app_id';
  /** Of keys and ids: the app that they belong to. */
  readonly appId?: number;
}

const codesAndTokens = {
  code: { is: 'code', en: 'an authorization code', ko: '인가 코드' },
  access: { is: 'access_token', en: 'an access token', ko: '액세스 토큰' },
  refresh: { is: 'refresh_token', en: 'a refresh token', ko: '리프레시 토큰' },
  id: { is: 'id_token', en: 'an ID token', ko: 'ID 토큰' },
} as const satisfies Record<string, CredentialKind>;

/** What kind of credential was sent in the wrong place; `undefined` if unknown. */
export function kindOfCredential(sent: string, world: World): CredentialKind | undefined {
  if (world.codes.has(sent)) return codesAndTokens.code;
  if (world.tokens.access.has(sent)) return codesAndTokens.access;
  if (world.tokens.refresh.has(sent)) return codesAndTokens.refresh;
  if (isJwt(sent)) return codesAndTokens.id;
  return kindOfKey(sent, world);
}

const keyNames = {
  rest: { en: 'REST API', ko: 'REST API' },
  javascript: { en: 'JavaScript', ko: 'JavaScript' },
  native: { en: 'native app', ko: '네이티브 앱' },
} as const;

function kindOfKey(sent: string, { apps }: World): CredentialKind | undefined {
  for (const { appId, platformKeys, adminKeys } of apps) {
    const key = platformKeys.find((it) => it.key === sent);
    const ofApp = (is: CredentialKind['is'], en: string, ko: string): CredentialKind => ({
      is,
      appId,
      en: `${en} of app ${appId}`,
      ko: `앱 ${appId}의 ${ko}`,
    });
    if (key) return ofApp('key', `the ${keyNames[key.type].en} key`, `${keyNames[key.type].ko} 키`);
    if (adminKeys.some((it) => it.key === sent)) return ofApp('key', 'an admin key', '어드민 키');
    const isSecret = sent !== '' && platformKeys.some((it) => it.clientSecret === sent);
    if (isSecret) return ofApp('client_secret', 'the client_secret', 'client_secret');
    if (String(appId) === sent) return ofApp('app_id', 'the app id', '앱 ID');
  }
  return undefined;
}

function isJwt(text: string): boolean {
  return /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(text);
}

/** Why an unknown token is refused; `wanted` is what belongs there: `an access token`. */
export function unknownTokenVerdict(sent: string, wanted: Bilingual, world: World): Bilingual {
  const kind = kindOfCredential(sent, world);
  if (kind) return notThisKind(kind, wanted);
  const bare = sent.replace(/^["'\s]+|["'\s]+$/g, '');
  if (bare !== sent && world.tokens.access.has(bare)) {
    return {
      en: 'the token has quotes or white space around it',
      ko: '토큰 앞뒤에 따옴표나 공백이 있습니다',
    };
  }
  if (/^(undefined|null|\[object Object\])$/.test(sent)) {
    return {
      en: `the text "${sent}" was sent instead of a token`,
      ko: `토큰 대신 "${sent}"라는 글자를 보냈습니다`,
    };
  }
  if (/^emu_/.test(sent) && sent.length !== 64) {
    return {
      en: `the token has ${sent.length} characters; those issued here have 64`,
      ko: `토큰이 ${sent.length}자입니다. 여기서 발급한 토큰은 64자입니다`,
    };
  }
  return {
    en: `${wanted.en} like this was never issued here, or is long forgotten (a reset forgets all)`,
    ko: `여기서 발급한 적이 없거나 오래전에 지워진 ${wanted.ko}입니다 (초기화하면 모두 지워집니다)`,
  };
}

/** That a credential of another kind was sent than the one that belongs there. */
export function notThisKind(kind: Bilingual, wanted: Bilingual): Bilingual {
  return {
    en: `this is ${kind.en}, not ${wanted.en}`,
    ko: `보낸 값은 ${wanted.ko}이(가) 아니라 ${kind.ko}입니다`,
  };
}

/** Why an issued token is no longer valid; `undefined` while it is. `name` begins the sentence: `the token`. */
export function deadTokenVerdict(token: IssuedToken, name: Bilingual, world: World): Bilingual | undefined {
  const { grant, expiresAt } = token;
  const at = now(world);
  const { link, key } = grant;
  if (token.ending && token.ending.how !== rotation) return revokedVerdict(name, token.ending, at);
  if (token.ending) {
    const when = ago(token.ending, at);
    return {
      en: `${name.en} was replaced ${when.en}: refreshing within its last 30 days brings a new one`,
      ko: `${name.ko}이 ${when.ko} 교체되었습니다. 만료까지 30일이 안 남았을 때 갱신하면 새 토큰이 나옵니다`,
    };
  }
  if (grant.revoked || !link.alive || grant.generation !== link.generation)
    return revokedVerdict(name, grant.ending ?? link.ending, at);
  if (!link.app.platformKeys.includes(key)) {
    return {
      en: `${name.en} was issued to the key ${key.key}, which was deleted`,
      ko: `${name.ko}을 발급받은 키 ${key.key}가 삭제되었습니다`,
    };
  }
  if (expiresAt > at) return undefined;
  const { en, ko } = span(at - expiresAt);
  return { en: `${name.en} expired ${en} ago`, ko: `${name.ko}이 ${ko} 전에 만료되었습니다` };
}

function revokedVerdict(name: Bilingual, ending: Ending | undefined, at: number): Bilingual {
  if (!ending) return { en: `${name.en} was revoked`, ko: `${name.ko}이 폐기되었습니다` };
  const when = ago(ending, at);
  return {
    en: `${name.en} was revoked by ${ending.how.en} ${when.en}`,
    ko: `${name.ko}이 ${ending.how.ko} 때문에 ${when.ko} 폐기되었습니다`,
  };
}

/** A span of time in words: `3.2 s`, `12 min`, `5 h`, `40 days`. */
export function span(milliseconds: number): Bilingual {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return inUnits(Math.round(seconds * 10) / 10, 's', '초');
  if (seconds < 120) return inUnits(Math.round(seconds), 's', '초');
  if (seconds < 120 * 60) return inUnits(Math.round(seconds / 60), 'min', '분');
  if (seconds < 48 * 3600) return inUnits(Math.round(seconds / 3600), 'h', '시간');
  return inUnits(Math.round(seconds / 86_400), 'days', '일');
}

function inUnits(count: number, en: string, ko: string): Bilingual {
  return { en: `${count} ${en}`, ko: `${count}${ko}` };
}

/** When something ended, and by which request: `3.2 s ago by request #12`. */
export function ago({ at, request }: Ending, now: number): Bilingual {
  const { en, ko } = span(now - at);
  if (request === 0) return { en: `${en} ago`, ko: `${ko} 전에` };
  return { en: `${en} ago by request #${request}`, ko: `${ko} 전 요청 #${request}에서` };
}
