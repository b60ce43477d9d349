import { makeAdminKey, makePlatformKey } from './app-keys.ts';
import { type App, makeApp } from './apps.ts';
import { makeWebhookSettings, type WebhookSettings } from './webhook-events.ts';

const CALLBACKS = ['http://localhost:3000/login/callback', 'http://127.0.0.1:3000/login/callback'];
const SECOND_CALLBACK = ['http://localhost:3000/second/callback'];
const LOGOUT = ['http://localhost:3000/login'];

/** The first app's first REST API key. */
export const defaultClientId = '1d0ca1a11ec0ffee5eed0000cafe0001';

/** The two apps of every start and reset; redirect URIs and webhook settings are added to the first. */
export function defaultApps(extraRedirectUris: readonly string[], webhooks: Partial<WebhookSettings>): App[] {
  return [firstApp([...new Set([...CALLBACKS, ...extraRedirectUris])], webhooks), secondApp()];
}

function firstApp(redirectUris: string[], webhooks: Partial<WebhookSettings>): App {
  return makeApp(1234567, {
    name: { ko: '데모 서비스', en: 'Demo Service' },
    platformKeys: [
      makePlatformKey('rest', defaultClientId, {
        clientSecret: 'emu_secret_Q7nYt2LwVb5RkXc9PzHd3MfJ',
        redirectUris,
      }),
      makePlatformKey('rest', '1d0ca1a11ec0ffee5eed0000cafe0011', {
        clientSecret: 'emu_secret_T4mKc8ZsXv2NbWq6YrJg9DfA',
        redirectUris: [...SECOND_CALLBACK],
      }),
      makePlatformKey('javascript', '1d0ca1a11ec0ffee5eed0000cafe0021', {
        clientSecret: 'emu_secret_H5pRd3VnLt7QyBk1WxMz6SgC',
        clientSecretEnabled: false,
        redirectUris: [...redirectUris],
        platforms: ['http://localhost:3000', 'http://127.0.0.1:3000'],
      }),
      makePlatformKey('native', '1d0ca1a11ec0ffee5eed0000cafe0031', {
        platforms: ['com.example.demo', 'ZW11bGF0ZWQga2V5IGhhc2g='],
      }),
    ],
    adminKeys: [makeAdminKey('1d0ca1ad5eed0000ad0000000000ad01', { primary: true })],
    logoutRedirectUris: [...LOGOUT],
    webhooks: makeWebhookSettings(webhooks),
    ownUserIds: false,
  });
}

function secondApp(): App {
  return makeApp(7654321, {
    name: { ko: '다른 서비스', en: 'Another Service' },
    platformKeys: [
      makePlatformKey('rest', '1d0ca1a11ec0ffee5eed0000cafe0002', {
        clientSecret: 'emu_secret_8sGx4WqTn6BvZy1KjRh0LpCd',
        redirectUris: [...CALLBACKS],
      }),
    ],
    adminKeys: [makeAdminKey('1d0ca1ad5eed0000ad0000000000ad02', { primary: true })],
    logoutRedirectUris: [...LOGOUT],
  });
}
