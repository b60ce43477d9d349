import type { KakaoRequest } from '../server/request.ts';
import { isEnabled } from '../world/apps.ts';
import { findClient } from '../world/clients.ts';
import type { World } from '../world/world.ts';
import { closestTo, differenceBetween } from './difference.ts';

/** KOE006: how the redirect URI differs from the one registered that is most like it. */
export function otherRedirectUri({ query }: KakaoRequest, world: World): string | undefined {
  const client = findClient(world.apps, query.get('client_id'));
  return client && unregistered('redirect_uri', query.get('redirect_uri') ?? '', client.key.redirectUris);
}

/** KOE007: the same for the logout redirect URI. */
export function otherLogoutRedirectUri({ query }: KakaoRequest, world: World): string | undefined {
  const client = findClient(world.apps, query.get('client_id'));
  const sent = query.get('logout_redirect_uri') ?? '';
  if (sent === '') return 'logout_redirect_uri was not sent';
  return client && unregistered('logout_redirect_uri', sent, client.app.logoutRedirectUris);
}

/** KOE205: which scope is off. */
export function disabledScope({ query }: KakaoRequest, world: World): string | undefined {
  const client = findClient(world.apps, query.get('client_id'));
  const scopes = (query.get('scope') ?? '').split(/[\s,]+/).filter((scope) => scope !== '');
  const off = client && scopes.find((scope) => !isEnabled(client.app, scope));
  if (off === 'openid') return 'scope openid was asked for, but OpenID Connect is off in the app';
  return off && `scope ${off} is off in the app's consent items`;
}

function unregistered(name: string, sent: string, registered: readonly string[]): string {
  if (registered.length === 0) return `no ${name} is registered`;
  const closest = closestTo(sent, registered);
  if (closest === undefined) return `${name} is like none of the ${registered.length} registered`;
  return `${name} differs from the registered ${closest}: ${differenceBetween(sent, closest)}`;
}
