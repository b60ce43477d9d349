import { differenceBetween } from '../refusals/difference.ts';
import { Refusal } from '../refusals/refusal.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { PlatformKey } from '../world/app-keys.ts';
import { type Client, findClient } from '../world/apps.ts';
import { kindOfCredential } from '../world/credentials.ts';
import type { World } from '../world/world.ts';

/** The client of a `client_id`, or KOE101. `missing` is the verdict when none was sent: where it was sent instead, if known. */
export function identifyClient(clientId: string | null, world: World, missing?: string): Client {
  const client = findClient(world.apps, clientId);
  if (client) return client;
  const kind = clientId && kindOfCredential(clientId, world);
  const unknown = kind ? `client_id is ${kind}, not a REST API key` : `no app has the key ${clientId}`;
  const verdict = clientId ? unknown : (missing ?? 'client_id was not sent');
  throw new Refusal('KOE101', { value: clientId, verdict });
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
export function whereElse({ headers, query, form }: KakaoRequest, name: string): string | undefined {
  const type = headers['content-type']?.split(';')[0];
  if (headers.authorization?.startsWith('Basic ') && name !== 'grant_type')
    return `Basic auth was sent; Kakao reads ${name} from the form only`;
  if (query.has(name)) return `${name} was sent in the query; here it is read from the form only`;
  if (form.size === 0 && type !== undefined && type !== 'application/x-www-form-urlencoded')
    return `the body is ${type}; Kakao reads application/x-www-form-urlencoded only`;
  return form.size === 0 ? 'the body is empty' : undefined;
}

function wrongSecretVerdict(request: KakaoRequest, own: string, world: World): string {
  const sent = request.form.get('client_secret');
  if (!sent)
    return whereElse(request, 'client_secret') ?? 'client_secret was not sent, but is ON for this key';
  if (sent.trim() === own) return 'client_secret has white space around it';
  const kind = kindOfCredential(sent, world);
  if (kind?.startsWith('the client_secret of'))
    return `client_secret is that of another key: ${kind.slice('the client_secret of '.length)}`;
  if (kind) return `client_secret is ${kind}`;
  const isNear = sent.length > 4 && (own.startsWith(sent) || sent.startsWith(own) || own.endsWith(sent));
  return `client_secret is wrong: ${isNear ? differenceBetween(sent, own) : 'nothing like that of this key'}`;
}

/** A native key has no secret, so its platform must be sent; a JavaScript key's origin is checked if sent; REST API keys have no platform. */
function isPlatformAllowed({ type, platforms }: PlatformKey, form: URLSearchParams): boolean {
  if (type === 'native')
    return platforms.includes(form.get('android_key_hash') ?? form.get('ios_bundle_id') ?? '');
  const origin = type === 'javascript' ? form.get('client_origin') : null;
  return origin === null || platforms.includes(origin);
}
