import { differenceBetween } from '../refusals/difference.ts';
import { Refusal } from '../refusals/refusal.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { PlatformKey } from '../world/app-keys.ts';
import { type Client, findClient } from '../world/apps.ts';
import type { Bilingual } from '../world/consent-items.ts';
import { kindOfCredential } from '../world/credentials.ts';
import type { World } from '../world/world.ts';

/** The client of a `client_id`, or KOE101. `missing` is the verdict when none was sent: where it was sent instead, if known. */
export function identifyClient(clientId: string | null, world: World, missing?: Bilingual): Client {
  const client = findClient(world.apps, clientId);
  if (client) return client;
  const notSent = missing ?? { en: 'client_id was not sent', ko: 'client_id 값을 보내지 않았습니다' };
  const verdict = clientId ? unknownClientVerdict(clientId, world) : notSent;
  throw new Refusal('KOE101', { value: clientId, verdict });
}

function unknownClientVerdict(clientId: string, world: World): Bilingual {
  const kind = kindOfCredential(clientId, world);
  if (!kind) return { en: `no app has the key ${clientId}`, ko: `${clientId} 키를 가진 앱이 없습니다` };
  return {
    en: `client_id is ${kind.en}, not a REST API key`,
    ko: `client_id 값이 REST API 키가 아니라 ${kind.ko}입니다`,
  };
}

/**
 * The client behind `client_id` and `client_secret` of a form (`client_secret_post`); HTTP Basic is not read, as at Kakao.
 * Refusals: KOE101 (key), KOE010 (secret), KOE127 (address of the server), KOE125 (app sanctioned), KOE009 (platform).
 */
export function authenticateClient(request: KakaoRequest, world: World): Client {
  const { form, callerAddress } = request;
  const client = identifyClient(form.get('client_id'), world, whereElse(request, 'client_id'));
  const { app, key } = client;
  if (key.clientSecretEnabled && form.get('client_secret') !== key.clientSecret)
    throw new Refusal('KOE010', { verdict: wrongSecretVerdict(request, key.clientSecret, world) });
  if (key.allowedIps.length > 0 && !key.allowedIps.includes(callerAddress))
    throw new Refusal('KOE127', { value: callerAddress });
  if (app.sanctioned) throw new Refusal('KOE125');
  if (!isPlatformAllowed(key, form)) throw new Refusal('KOE009');
  return client;
}

/** Where a parameter was sent that Kakao reads from the form body only. */
export function whereElse({ headers, query, form }: KakaoRequest, name: string): Bilingual | undefined {
  const type = headers['content-type']?.split(';')[0];
  if (headers.authorization?.startsWith('Basic ') && name !== 'grant_type') {
    return {
      en: `Basic auth was sent; Kakao reads ${name} from the form only`,
      ko: `Basic 인증을 보냈습니다. 카카오는 ${name} 값을 폼에서만 읽습니다`,
    };
  }
  if (query.has(name)) {
    return {
      en: `${name} was sent in the query; here it is read from the form only`,
      ko: `${name} 값을 쿼리로 보냈습니다. 여기서는 폼에서만 읽습니다`,
    };
  }
  if (form.size === 0 && type !== undefined && type !== 'application/x-www-form-urlencoded') {
    return {
      en: `the body is ${type}; Kakao reads application/x-www-form-urlencoded only`,
      ko: `본문이 ${type} 형식입니다. 카카오는 application/x-www-form-urlencoded만 읽습니다`,
    };
  }
  return form.size === 0 ? { en: 'the body is empty', ko: '본문이 비어 있습니다' } : undefined;
}

function wrongSecretVerdict(request: KakaoRequest, own: string, world: World): Bilingual {
  const sent = request.form.get('client_secret');
  if (!sent) {
    return (
      whereElse(request, 'client_secret') ?? {
        en: 'client_secret was not sent, but is ON for this key',
        ko: '이 키는 클라이언트 시크릿이 켜져 있는데 client_secret 값을 보내지 않았습니다',
      }
    );
  }
  if (sent.trim() === own) {
    return {
      en: 'client_secret has white space around it',
      ko: 'client_secret 값 앞뒤에 공백이 있습니다',
    };
  }
  const kind = kindOfCredential(sent, world);
  if (kind?.is === 'client_secret') {
    return {
      en: `client_secret is that of another key: app ${kind.appId}`,
      ko: `client_secret 값이 다른 키의 것입니다: 앱 ${kind.appId}`,
    };
  }
  if (kind) return { en: `client_secret is ${kind.en}`, ko: `client_secret 값이 ${kind.ko}입니다` };
  const isNear = sent.length > 4 && (own.startsWith(sent) || sent.startsWith(own) || own.endsWith(sent));
  const { en, ko } = isNear
    ? differenceBetween(sent, own)
    : { en: 'nothing like that of this key', ko: '이 키의 값과 전혀 다릅니다' };
  return { en: `client_secret is wrong: ${en}`, ko: `client_secret 값이 틀렸습니다: ${ko}` };
}

/** A native key has no secret, so its platform must be sent; a JavaScript key's origin is checked if sent; REST API keys have no platform. */
function isPlatformAllowed({ type, platforms }: PlatformKey, form: URLSearchParams): boolean {
  if (type === 'native')
    return platforms.includes(form.get('android_key_hash') ?? form.get('ios_bundle_id') ?? '');
  const origin = type === 'javascript' ? form.get('client_origin') : null;
  return origin === null || platforms.includes(origin);
}
