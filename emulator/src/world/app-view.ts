import { primaryAdminKey } from './admin-keys.ts';
import type { App } from './apps.ts';

/** An app as it is shown: with its first REST API key and its primary admin key at hand. */
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
