import type { App } from '../world/apps.ts';
import { type Client, findClient } from '../world/clients.ts';
import type { PlatformKey } from '../world/platform-keys.ts';
import { tagsIn } from '../world/service-terms.ts';
import type { World } from '../world/world.ts';
import { clientRefusal, unknownClient } from './client-refusal.ts';
import type { KoeRefusal } from './koe-page.ts';
import { listed } from './listed.ts';
import { optionRefusal } from './option-refusal.ts';

/** A checked request for authorization. */
export interface AuthorizeRequest {
  readonly app: App;
  readonly key: PlatformKey;
  readonly redirectUri: string;
  readonly state: string | null;
  readonly nonce: string | null;
  /** Scope ids asked for ("request additional consent"), or `null` for a normal login. */
  readonly scope: readonly string[] | null;
  /** Tags of service terms to show (Kakao Sync), or `null` for all. */
  readonly serviceTerms: readonly string[] | null;
  readonly prompt: ReadonlySet<string>;
  readonly codeChallenge: string | null;
  readonly loginHint: string | null;
}

/**
 * Checks the query of `/oauth/authorize` (RFC 6749 4.1.1, RFC 7636): client, redirect URI and app state first, because
 * until they are right nothing may be sent to the redirect URI.
 */
export function readAuthorizeRequest(query: URLSearchParams, world: World): AuthorizeRequest | KoeRefusal {
  const client = findClient(world.apps, query.get('client_id'));
  if (!client) return unknownClient(query.get('client_id'), world);
  const { app } = client;
  const refusal =
    repeatedParameter(query, app) ?? clientRefusal(query, client) ?? optionRefusal(query, app, world);
  return refusal ?? acceptedRequest(query, client);
}

/** Whether the request was refused. */
export function isRefusal(value: object): value is KoeRefusal {
  return 'koe' in value;
}

function acceptedRequest(query: URLSearchParams, client: Client): AuthorizeRequest {
  return {
    ...client,
    redirectUri: query.get('redirect_uri') ?? '',
    state: query.get('state'),
    nonce: query.get('nonce'),
    scope: namedScope(query.get('scope')),
    serviceTerms: query.has('service_terms') ? tagsIn(query.get('service_terms')) : null,
    prompt: promptOf(query),
    codeChallenge: query.get('code_challenge'),
    loginHint: query.get('login_hint'),
  };
}

/** `auth_type=reauthenticate` is the predecessor of `prompt=login`. */
function promptOf(query: URLSearchParams): ReadonlySet<string> {
  const older = query.get('auth_type') === 'reauthenticate' ? ['login'] : [];
  return new Set([...listed(query.get('prompt')), ...older]);
}

function repeatedParameter(query: URLSearchParams, app: App): KoeRefusal | undefined {
  const names = [...query.keys()];
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  return repeated === undefined
    ? undefined
    : { koe: 'KOE001', detail: `${repeated} was sent more than once`, app };
}

/** `scope=` without an item is a normal login: next-auth sends it so. */
function namedScope(parameter: string | null): readonly string[] | null {
  const named = listed(parameter);
  return named.length > 0 ? named : null;
}
