import type { KakaoRequest } from '../server/request.ts';
import { findClient } from '../world/clients.ts';
import type { World } from '../world/world.ts';
import { kindOfCredential } from './credential.ts';
import { differenceBetween } from './difference.ts';

/** KOE310: why the grant type is wrong. */
export function wrongGrantType(request: KakaoRequest): string {
  const sent = request.form.get('grant_type');
  if (sent !== null)
    return `grant_type is ${JSON.stringify(sent)}; Kakao has authorization_code and refresh_token`;
  return notInForm(request, 'grant_type') ?? 'grant_type was not sent';
}

/** KOE101: why the client is unknown. */
export function unknownClient(request: KakaoRequest, world: World): string {
  const isToken = request.path === '/oauth/token';
  const sent = (isToken ? request.form : request.query).get('client_id');
  const missing = 'client_id was not sent';
  if (!sent) return isToken ? (notInForm(request, 'client_id') ?? missing) : missing;
  const kind = kindOfCredential(sent, world);
  return kind ? `client_id is ${kind}, not a REST API key` : `no app has the key ${sent}`;
}

/** KOE010: what is wrong with the client secret. */
export function wrongSecret(request: KakaoRequest, world: World): string {
  const sent = request.form.get('client_secret');
  if (!sent)
    return notInForm(request, 'client_secret') ?? 'client_secret was not sent, but is ON for this key';
  const clientId = request.form.get('client_id');
  const own = findClient(world.apps, clientId)?.key.clientSecret ?? '';
  if (sent.trim() === own) return 'client_secret has white space around it';
  const kind = kindOfCredential(sent, world);
  if (kind?.startsWith('the client_secret of'))
    return `client_secret is that of another key: ${kind.slice('the client_secret of '.length)}`;
  if (kind) return `client_secret is ${kind}`;
  return `client_secret is wrong: ${lengthOrDifference(sent, own)}`;
}

function lengthOrDifference(sent: string, own: string): string {
  const isNear = sent.length > 4 && (own.startsWith(sent) || sent.startsWith(own) || own.endsWith(sent));
  return isNear ? differenceBetween(sent, own) : 'nothing like that of this key';
}

/** Where a parameter was sent that Kakao reads from the form body only. */
function notInForm({ headers, query, form }: KakaoRequest, name: string): string | undefined {
  const type = headers['content-type']?.split(';')[0];
  if (headers.authorization?.startsWith('Basic ') && name !== 'grant_type')
    return `Basic auth was sent; Kakao reads ${name} from the form only`;
  if (query.has(name)) return `${name} was sent in the query; here it is read from the form only`;
  if (form.size === 0 && type !== undefined && type !== 'application/x-www-form-urlencoded')
    return `the body is ${type}; Kakao reads application/x-www-form-urlencoded only`;
  return form.size === 0 ? 'the body is empty' : undefined;
}
