import { findAdminKey } from '../world/admin-keys.ts';
import type { App } from '../world/apps.ts';
import { findClient } from '../world/clients.ts';
import type { World } from '../world/world.ts';

/** What a text is that was sent where something else belongs: `an authorization code`; `undefined` if it is unknown. */
export function kindOfCredential(sent: string, world: World): string | undefined {
  if (world.codes.has(sent)) return 'an authorization code';
  if (world.tokens.access.has(sent)) return 'an access token';
  if (world.tokens.refresh.has(sent)) return 'a refresh token';
  if (isJwt(sent)) return 'an ID token';
  return kindOfKey(sent, world);
}

function kindOfKey(sent: string, { apps }: World): string | undefined {
  const client = findClient(apps, sent);
  if (client) return `the ${keyNames[client.key.type]} key of app ${client.app.appId}`;
  const admin = findAdminKey(apps, sent);
  if (admin) return `an admin key of app ${admin.app.appId}`;
  const owner = ownerOfSecret(sent, apps);
  if (owner) return `the client_secret of app ${owner.appId}`;
  const numbered = apps.find(({ appId }) => String(appId) === sent);
  return numbered && `the app id of app ${numbered.appId}`;
}

const keyNames = { rest: 'REST API', javascript: 'JavaScript', native: 'native app' } as const;

function ownerOfSecret(sent: string, apps: readonly App[]): App | undefined {
  if (sent === '') return undefined;
  return apps.find(({ platformKeys }) => platformKeys.some((key) => key.clientSecret === sent));
}

function isJwt(text: string): boolean {
  return /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(text);
}
