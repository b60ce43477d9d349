/** How faithful one endpoint is. */
export interface Fidelity {
  /** `GET, POST /path` as in the route table, or `→ …` for a request that Kakao sends. */
  readonly endpoint: string;
  /** What is implemented. */
  readonly done: string;
  /** The page below `developers.kakao.com/docs/ko/` and its part, or what else it is known from. */
  readonly source: string;
  /**
   * `documented`: in Kakao's documentation; `recorded`: documented, and live answers were compared; `SDK`: only in the
   * source of Kakao's SDKs; `observed`: from what other developers recorded.
   */
  readonly sure: 'documented' | 'recorded' | 'SDK' | 'observed';
  /** What Kakao leaves open, and the setting for it if there is one. */
  readonly open?: string;
}

const REST_API = 'kakaologin/rest-api';

const authorizationServer: readonly Fidelity[] = [
  {
    endpoint: 'GET, POST /oauth/authorize',
    done: 'account picker, consent, additional consent, service terms (Kakao Sync), every `prompt`, `login_hint`, PKCE S256, KOE001 004 005 006 008 101 102 125 201–205 207. POST is what the pages send',
    source: `${REST_API}, authorization code; kakaologin/trouble-shooting`,
    sure: 'documented',
    open: 'KOE201–207 as page or redirect (`authorizeErrors`); status of pages (`koePageStatus`); unknown parameters (`unknownParameters`)',
  },
  {
    endpoint: 'POST /oauth/token',
    done: 'both grants, form body only, single-use codes, rotation below 30 days, KOE009 010 101 114 125 127 237 303 310 313 319 320 322',
    source: `${REST_API}, token; kakaologin/trouble-shooting`,
    sure: 'recorded',
    open: 'status and text of KOE114 127 237 310 319 (`koeAnswers`); life of a code (`codeLifetimeSeconds`); `codeUsedUpBy`; `refresh`; KOE237 (`tokenRateLimit`)',
  },
  {
    endpoint: 'GET, POST /oauth/logout',
    done: 'log out with the Kakao Account or of the service only, `state`, KOE007 008 101 125. POST is what the page sends',
    source: `${REST_API}, logout with Kakao Account`,
    sure: 'documented',
    open: 'the look of the page; whether it kills tokens (`accountLogout`)',
  },
  {
    endpoint: 'POST /oauth/tokeninfo',
    done: 'payload of an ID token, KOE400',
    source: `${REST_API}, OpenID Connect`,
    sure: 'documented',
  },
  {
    endpoint: 'GET /.well-known/openid-configuration',
    done: 'exactly the documented members, with the addresses of this emulator',
    source: `${REST_API}, OpenID Connect`,
    sure: 'recorded',
  },
  {
    endpoint: 'GET /.well-known/jwks.json',
    done: 'two RSA keys, rotation with overlap',
    source: `${REST_API}, OpenID Connect`,
    sure: 'documented',
  },
  {
    endpoint: 'GET /.well-known/sse-configuration',
    done: 'issuer and keys of security event tokens',
    source: 'kakaologin/sse (older edition)',
    sure: 'documented',
    open: 'today’s path',
  },
];

const userApi: readonly Fidelity[] = [
  {
    endpoint: 'GET, POST /v2/user/me',
    done: 'token and admin key, rule of absence, `secure_resource`, `property_keys`, exact 64-bit ids, user properties, `for_partner`, `has_signed_up`, CI, legacy fields',
    source: `${REST_API}, retrieving user information`,
    sure: 'recorded',
  },
  {
    endpoint: 'GET /v1/oidc/userinfo',
    done: 'claims agreed to; -3 while OpenID Connect is off',
    source: `${REST_API}, OpenID Connect`,
    sure: 'documented',
  },
  {
    endpoint: 'GET /v1/user/access_token_info',
    done: 'owner, app and remaining seconds of a token; -2 for what cannot be a token',
    source: `${REST_API}, access token information`,
    sure: 'documented',
  },
  {
    endpoint: 'GET /v1/user/check_access_token',
    done: 'the same as `access_token_info`, for SDKs',
    source: 'SDKs for Android and iOS',
    sure: 'SDK',
  },
  {
    endpoint: 'GET /v1/user/ids',
    done: 'admin key, `limit`, `from_id`, `order`, `before_url` and `after_url` with `app_key`, 100 calls a minute, then 429 and -10',
    source: `${REST_API}, retrieving user list`,
    sure: 'documented',
    open: 'the rate (`userIdsPerMinute`); whether `from_id` itself is on the page (here not); `before_url` of a descending page',
  },
  {
    endpoint: 'GET /v2/app/users',
    done: 'admin key, at most 100 `target_ids`, 20 with `property_keys`',
    source: `${REST_API}, retrieving several users`,
    sure: 'documented',
    open: 'array or `{"elements"}` (`appUsersAnswer`); that users who are not linked are left out',
  },
  {
    endpoint: 'POST /v1/user/update_profile',
    done: 'user properties that the app defines, -201 for others',
    source: `${REST_API}, storing user information`,
    sure: 'documented',
  },
  {
    endpoint: 'POST /v1/user/signup',
    done: 'apps that link by hand: preregistered users, -102, unlinked after 24 hours (`INCOMPLETE_SIGN_UP`)',
    source: `${REST_API}, manual linking; kakaologin/callback`,
    sure: 'documented',
    open: 'which APIs a preregistered user has (here: user/me in part, token information, logout, unlink; others -101)',
  },
  {
    endpoint: 'GET /v1/user/shipping_address',
    done: 'token and admin key, `address_id`, pages, -3 while the consent item is off',
    source: 'kakaologin/rest-api, shipping address; kakaosync/shipping',
    sure: 'documented',
    open: 'without consent: a flag, or -402 (`missingConsent`)',
  },
  {
    endpoint: 'POST /v1/user/logout',
    done: 'token: that login; admin key: all of the user',
    source: `${REST_API}, logout; kakaologin/common`,
    sure: 'documented',
    open: 'what logout by token ends (`logout`)',
  },
  {
    endpoint: 'POST /v1/user/unlink',
    done: 'token and admin key, all tokens die at once, -101 when repeated, same id after a new link',
    source: `${REST_API}, unlink`,
    sure: 'recorded',
  },
  {
    endpoint: 'GET /v2/user/scopes',
    done: 'token and admin key, `scopes`, `using` and `revocable`',
    source: `${REST_API}, consent details`,
    sure: 'documented',
  },
  {
    endpoint: 'POST /v2/user/revoke/scopes',
    done: 'token and admin key; -3 for required items, -2 for items not agreed to',
    source: `${REST_API}, revoking consent`,
    sure: 'documented',
  },
];

const serviceTerms: readonly Fidelity[] = [
  {
    endpoint: 'GET /v2/user/service_terms',
    done: 'token and admin key, agreed ones or all, `tags`, `agreed_by`; -3 without Kakao Sync, -2 for unknown tags',
    source: `${REST_API}, service terms`,
    sure: 'documented',
    open: '`revocable` of a term not agreed to (here false); that known tags make up for unknown ones',
  },
  {
    endpoint: 'POST /v2/user/revoke/service_terms',
    done: 'token and admin key; what cannot be revoked is left out',
    source: `${REST_API}, service terms`,
    sure: 'documented',
  },
  {
    endpoint: 'POST /v2/user/upgrade/service_terms',
    done: 'token and admin key; what was agreed to before is left out',
    source: `${REST_API}, service terms`,
    sure: 'documented',
  },
];

const webhooks: readonly Fidelity[] = [
  {
    endpoint: '→ unlink webhook',
    done: 'GET or POST with the primary admin key, five `referrer_type`s, never for the app’s own unlink',
    source: 'kakaologin/callback',
    sure: 'documented',
  },
  {
    endpoint: '→ account-state webhook',
    done: 'security event tokens (RFC 8417, RFC 8935) for every event, signed with the published keys',
    source: 'kakaologin/callback; receivers of other developers',
    sure: 'observed',
    open: 'claims `aud`, `txm`, `app_id` (`eventAudience`, `eventTransactionClaim`, `eventAppIdClaim`)',
  },
];

/** Every endpoint of Kakao that is implemented; the table in docs/endpoints.md is made of it by `npm run fidelity`. */
export const fidelity: readonly Fidelity[] = [
  ...authorizationServer,
  ...userApi,
  ...serviceTerms,
  ...webhooks,
];

const BEGIN = '<!-- fidelity: written by `npm run fidelity` -->';
const END = '<!-- /fidelity -->';

/** The page with the fidelity table between its two marker comments; `RangeError` when a marker is missing. */
export function withFidelityTable(page: string): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new RangeError(`the page needs the comments ${BEGIN} and ${END}`);
  return `${page.slice(0, from + BEGIN.length)}\n${table()}\n${page.slice(to)}`;
}

function table(): string {
  const head = '| endpoint | what is done | source | how sure | left open |\n| --- | --- | --- | --- | --- |';
  return [head, ...fidelity.map(row)].join('\n');
}

function row({ endpoint, done, source, sure, open = '' }: Fidelity): string {
  const cells = [endpoint.startsWith('→') ? endpoint : `\`${endpoint}\``, done, source, sure, open];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
