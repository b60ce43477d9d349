import { type AdminKey, type PlatformKey, primaryAdminKey } from './app-keys.ts';
import { type Bilingual, type ConsentState, consentItems, type ServiceTerm } from './consent-items.ts';
import { makeWebhookSettings, type WebhookSettings } from './webhook-events.ts';

export const appTypes = ['basic', 'biz', 'test'] as const;

/** One application of the Kakao Developers console. */
export interface App {
  readonly appId: number;
  name: Bilingual;
  /** Only members can log in to a `test` app (KOE005). */
  type: (typeof appTypes)[number];
  /** User ids of the members. */
  members: string[];
  /** Sanctioned by Kakao: KOE125 at kauth, -12 at kapi. */
  sanctioned: boolean;
  platformKeys: PlatformKey[];
  adminKeys: AdminKey[];
  logoutRedirectUris: string[];
  /** Public ids of the Kakao Talk Channels that are linked; another `channel_public_id` is KOE102. */
  channels: string[];
  /** [Kakao Login] > [OpenID Connect]. */
  oidc: boolean;
  /** [Kakao Login] > [General] > ON/OFF. */
  loginEnabled: boolean;
  under14Allowed: boolean;
  /** Whether users stay preregistered until `/v1/user/signup`, instead of being linked automatically. */
  manualSignup: boolean;
  /** Kakao Sync (simple signup): the consent screen asks for `serviceTerms` too. */
  kakaoSync: boolean;
  serviceTerms: ServiceTerm[];
  /** Keys of [Kakao Login] > [User properties]; others are -201. */
  userProperties: string[];
  /** Whether `/v2/user/me` also carries `properties.nickname` and `has_email`, as it does for apps made before 2023. */
  legacyFields: boolean;
  /** Whether people have ids here that differ from those in the control API; at Kakao every app has its own. */
  readonly ownUserIds: boolean;
  /** Scope id → state; an id that is absent is off. */
  consentItems: Record<string, ConsentState>;
  webhooks: WebhookSettings;
}

/** A biz app as the console makes it, with no keys, changed by `differences`. */
export function makeApp(appId: number, differences: Partial<Omit<App, 'appId'>>): App {
  return {
    appId,
    name: { ko: `앱 ${appId}`, en: `App ${appId}` },
    type: 'biz',
    members: [],
    sanctioned: false,
    platformKeys: [],
    adminKeys: [],
    logoutRedirectUris: [],
    channels: [],
    oidc: true,
    loginEnabled: true,
    under14Allowed: false,
    manualSignup: false,
    kakaoSync: false,
    serviceTerms: [],
    userProperties: [],
    legacyFields: false,
    ownUserIds: true,
    consentItems: { profile_nickname: 'required', profile_image: 'optional', account_email: 'optional' },
    webhooks: makeWebhookSettings(),
    ...differences,
  };
}

/** Whether the app may request this scope id; `openid` while OpenID Connect is on. */
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

/** A platform key in the app that owns it: users, links and consents are the app's, codes and tokens the key's. */
export interface Client {
  readonly app: App;
  readonly key: PlatformKey;
}

/** The client of a `client_id`, if any app has that key. */
export function findClient(apps: readonly App[], clientId: string | null): Client | undefined {
  for (const app of apps) {
    const key = app.platformKeys.find((it) => it.key === clientId);
    if (key) return { app, key };
  }
  return undefined;
}

/** An app as it is shown, with its first REST API key and its primary admin key on the first level. */
export interface AppView extends App {
  /** The first REST API key. */
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clientSecretEnabled: boolean;
  readonly redirectUris: readonly string[];
  readonly adminKey: string;
}

/** The app with its principal keys repeated on the first level. */
export function viewApp(app: App): AppView {
  const rest = app.platformKeys.find((it) => it.type === 'rest');
  return {
    ...app,
    clientId: rest?.key ?? '',
    clientSecret: rest?.clientSecret ?? '',
    clientSecretEnabled: rest?.clientSecretEnabled ?? false,
    redirectUris: rest?.redirectUris ?? [],
    adminKey: primaryAdminKey(app),
  };
}
