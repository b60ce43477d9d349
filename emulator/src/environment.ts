import type { EmulatorOptions } from './index.ts';
import { type Addresses, addressesAt } from './world/addresses.ts';
import { type AppView, viewApp } from './world/apps.ts';
import { defaultApps } from './world/default-apps.ts';
import { seededApps } from './world/seed.ts';

/** The stacks that `--print-env` knows. */
export const stacks = ['next', 'spring', 'django', 'flutter'] as const;
export type Stack = (typeof stacks)[number];

type Variables = Readonly<Record<string, string>>;

/**
 * The settings with which an app of this stack uses the first app of a Kakao that is started with these options:
 * `NAME=value` lines, as an env file has them.
 */
export function environmentFor(stack: Stack, options: EmulatorOptions): string {
  const { port = 4000, publicUrl = `http://localhost:${port}`, internalUrl = publicUrl } = options;
  const addresses = addressesAt(originOf(publicUrl), originOf(internalUrl));
  const { seed, redirectUris = [] } = options;
  const [first] = seed?.apps ? seededApps(seed.apps) : defaultApps(redirectUris, {});
  if (!first) return '';
  const app = viewApp(first);
  const variables = {
    next: nextVariables,
    spring: springVariables,
    django: ownVariables,
    flutter: flutterVariables,
  };
  const lines = Object.entries(variables[stack](app, addresses)).map(([name, value]) => `${name}=${value}`);
  return `${lines.join('\n')}\n`;
}

function originOf(url: string): string {
  return url.replace(/\/$/, '');
}

/** Names of our own, for code that reads Kakao's addresses from the environment. */
function ownVariables(app: AppView, { publicUrl, internalUrl, apiUrl }: Addresses): Variables {
  return {
    KAKAO_CLIENT_ID: app.clientId,
    KAKAO_CLIENT_SECRET: app.clientSecret,
    KAKAO_AUTHORIZE_URL: `${publicUrl}/oauth/authorize`,
    KAKAO_TOKEN_URL: `${internalUrl}/oauth/token`,
    KAKAO_PROFILE_URL: `${apiUrl}/v2/user/me`,
  };
}

function nextVariables(app: AppView, { publicUrl, internalUrl, apiUrl }: Addresses): Variables {
  return {
    KAKAO_CLIENT_ID: app.clientId,
    KAKAO_CLIENT_SECRET: app.clientSecret,
    KAKAO_APP_ID: String(app.appId),
    KAKAO_ADMIN_KEY: app.adminKey,
    KAKAO_AUTH_ORIGIN: publicUrl,
    ...(internalUrl === publicUrl ? {} : { KAKAO_AUTH_SERVER_ORIGIN: internalUrl }),
    KAKAO_API_ORIGIN: apiUrl,
    KAKAO_ISSUER: publicUrl,
  };
}

/** Spring Boot's properties as it reads them from the environment: dots are underscores, dashes are left out. */
function springVariables(app: AppView, { publicUrl, internalUrl, apiUrl }: Addresses): Variables {
  const client = 'SPRING_SECURITY_OAUTH2_CLIENT';
  const registration = `${client}_REGISTRATION_KAKAO`;
  const provider = `${client}_PROVIDER_KAKAO`;
  return {
    [`${registration}_CLIENTID`]: app.clientId,
    [`${registration}_CLIENTSECRET`]: app.clientSecret,
    [`${registration}_CLIENTAUTHENTICATIONMETHOD`]: 'client_secret_post',
    [`${registration}_AUTHORIZATIONGRANTTYPE`]: 'authorization_code',
    [`${registration}_REDIRECTURI`]: '{baseUrl}/login/oauth2/code/{registrationId}',
    [`${registration}_SCOPE`]: 'profile_nickname,account_email',
    [`${provider}_AUTHORIZATIONURI`]: `${publicUrl}/oauth/authorize`,
    [`${provider}_TOKENURI`]: `${internalUrl}/oauth/token`,
    [`${provider}_USERINFOURI`]: `${apiUrl}/v2/user/me`,
    [`${provider}_JWKSETURI`]: `${internalUrl}/.well-known/jwks.json`,
    [`${provider}_USERNAMEATTRIBUTE`]: 'id',
  };
}

/** For `flutter run --dart-define-from-file`; the native key needs no secret. */
function flutterVariables(app: AppView, { publicUrl, apiUrl }: Addresses): Variables {
  const native = app.platformKeys.find(({ type }) => type === 'native');
  return {
    KAKAO_NATIVE_APP_KEY: native?.key ?? app.clientId,
    KAKAO_AUTH_ORIGIN: publicUrl,
    KAKAO_API_ORIGIN: apiUrl,
  };
}
