import { findAdminKey } from '../world/admin-keys.ts';
import type { App } from '../world/apps.ts';
import type { Client } from '../world/clients.ts';
import type { World } from '../world/world.ts';
import type { KoeRefusal } from './koe-page.ts';

/** KOE101: what is wrong with a `client_id` that is no platform key. */
export function unknownClient(clientId: string | null, { apps }: World): KoeRefusal {
  return { koe: 'KOE101', detail: unknownClientDetail(clientId, apps), app: null };
}

/**
 * Why nothing may be sent to the redirect URI of an authorize request: KOE125 (app sanctioned), KOE004 (Kakao Login
 * OFF), KOE207 (no `redirect_uri`), KOE008 (native key on the web), KOE006 (not registered).
 */
export function clientRefusal(query: URLSearchParams, { app, key }: Client): KoeRefusal | undefined {
  if (app.sanctioned) return { koe: 'KOE125', detail: `app ${app.appId} is sanctioned`, app };
  if (!app.loginEnabled) return { koe: 'KOE004', detail: `Kakao Login is OFF for app ${app.appId}`, app };
  const sent = query.get('redirect_uri');
  if (!sent) return { koe: 'KOE207', detail: 'the required parameter redirect_uri is missing', app };
  if (key.redirectUris.includes(sent)) return undefined;
  if (key.type === 'native' && /^https?:/.test(sent))
    return {
      koe: 'KOE008',
      detail: `client_id is a native key; send a REST API key: ${restKeys([app])}`,
      app,
    };
  const registered = key.redirectUris.map((uri) => `registered: ${uri}`);
  return {
    koe: 'KOE006',
    detail: [`redirect_uri is not registered: ${sent}`, ...registered].join('\n'),
    app,
  };
}

function unknownClientDetail(clientId: string | null, apps: readonly App[]): string {
  if (!clientId) return 'client_id is missing or empty; it must be the REST API key of an app';
  const owner = findAdminKey(apps, clientId)?.app;
  if (owner)
    return `client_id is an admin key of app ${owner.appId}; send a REST API key: ${restKeys([owner])}`;
  return `client_id is no platform key of any app: ${clientId}\nREST API keys: ${restKeys(apps)}`;
}

function restKeys(apps: readonly App[]): string {
  const keys = apps.flatMap((app) => app.platformKeys);
  return keys.flatMap(({ type, key }) => (type === 'rest' ? [key] : [])).join(', ');
}
