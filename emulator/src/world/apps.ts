import { type Bilingual, type ConsentState, consentItems } from './consent-items.ts';

/** One application of the Kakao Developers console, with one REST API key. */
export interface App {
  appId: number;
  name: Bilingual;
  /** The REST API key: 32 hex characters, the OAuth `client_id`. */
  clientId: string;
  clientSecret: string;
  clientSecretEnabled: boolean;
  adminKey: string;
  redirectUris: string[];
  logoutRedirectUris: string[];
  /** [Kakao Login] > [OpenID Connect]. */
  oidc: boolean;
  /** [Kakao Login] > [General] > ON/OFF. */
  loginEnabled: boolean;
  under14Allowed: boolean;
  /** Whether `/v2/user/me` also carries `properties.nickname` and `has_email`, as it does for apps made before 2023. */
  legacyFields: boolean;
  /** Scope id → state; an id that is absent is off. */
  consentItems: Record<string, ConsentState>;
}

export const defaultAppIds = { clientId: '1d0ca1a11ec0ffee5eed0000cafe0001', appId: 1234567 } as const;

/** The two apps that every start and every reset begin with; `extraRedirectUris` are registered for the first. */
export function defaultApps(extraRedirectUris: readonly string[]): App[] {
  return [firstApp(extraRedirectUris), secondApp()];
}

/** Whether the app may ask for this scope at all; `openid` counts while OpenID Connect is on. */
export function isEnabled(app: App, scope: string): boolean {
  return scope === 'openid' ? app.oidc : consentStateOf(app, scope) !== 'off';
}

/** How the app has set this consent item up. */
export function consentStateOf(app: App, scope: string): ConsentState {
  return app.consentItems[scope] ?? 'off';
}

/** The scope ids that the app has in any of the given states, in catalogue order. */
export function scopesInState(app: App, ...states: ConsentState[]): string[] {
  return consentItems.map((item) => item.id).filter((id) => states.includes(consentStateOf(app, id)));
}

function firstApp(extraRedirectUris: readonly string[]): App {
  const uris = ['http://localhost:3000/login/callback', 'http://127.0.0.1:3000/login/callback'];
  return {
    appId: defaultAppIds.appId,
    name: { ko: '데모 서비스', en: 'Demo Service' },
    clientId: defaultAppIds.clientId,
    clientSecret: 'emu_secret_Q7nYt2LwVb5RkXc9PzHd3MfJ',
    clientSecretEnabled: true,
    adminKey: '1d0ca1ad5eed0000ad0000000000ad01',
    redirectUris: [...new Set([...uris, ...extraRedirectUris])],
    logoutRedirectUris: ['http://localhost:3000/login'],
    oidc: true,
    loginEnabled: true,
    under14Allowed: false,
    legacyFields: false,
    consentItems: { profile_nickname: 'required', profile_image: 'optional', account_email: 'optional' },
  };
}

function secondApp(): App {
  return {
    ...firstApp([]),
    appId: 7654321,
    name: { ko: '다른 서비스', en: 'Another Service' },
    clientId: '1d0ca1a11ec0ffee5eed0000cafe0002',
    clientSecret: 'emu_secret_8sGx4WqTn6BvZy1KjRh0LpCd',
    adminKey: '1d0ca1ad5eed0000ad0000000000ad02',
  };
}
