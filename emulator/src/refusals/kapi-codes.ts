import type { JsonObject } from '../json.ts';
import type { Bilingual } from '../world/consent-items.ts';
import { kapiKorean } from './kapi-korean.ts';

/** What a negative code of kapi means and how it is answered. */
export interface KapiMeaning {
  readonly status: number;
  /** The usual `msg`. */
  readonly msg: string;
  /** When Kakao gives it, in words. */
  readonly cause: Bilingual;
  /** A page of developers.kakao.com/docs/ko, or the official SDKs' source. */
  readonly source: string;
  /** Another HTTP status at single endpoints. */
  readonly statusAt?: Readonly<Record<string, number>>;
  /** Further members of the body. */
  readonly more?: JsonObject;
}

type Row = readonly [code: number, status: number, msg: string, cause: string];

/** developers.kakao.com/docs/ko/rest-api/error-code. Retry -1, -7, -603 and -9798; -10 later; the others never. */
const documented: readonly Row[] = [
  [-1, 400, 'internal server error', 'Kakao fails inside; nobody is to be logged out'],
  [-2, 400, 'invalid parameter', 'a parameter is missing or invalid'],
  [
    -3,
    403,
    'the feature is not enabled for this app',
    'a feature is off, or the admin key may not call this API',
  ],
  [-4, 403, 'the account is blocked', 'the account is blocked or restricted'],
  [-5, 403, 'the app has no permission for this API', 'the app needs a permission'],
  [-6, 403, 'the action is not allowed', 'the Kakao service does not allow the action'],
  [-7, 400, 'the service is under maintenance', 'maintenance or trouble inside the service'],
  [-8, 400, 'bad header', 'a header is wrong'],
  [-9, 400, 'the API has been discontinued', 'the API has been discontinued'],
  [-10, 400, 'API limit has been exceeded.', 'the quota is used up'],
  [
    -11,
    400,
    'the budget of this API has been exceeded',
    'the daily or monthly budget of a paid API is used up',
  ],
  [-12, 403, 'the app or the developer account is sanctioned', 'the app or its developer is sanctioned'],
  [-101, 400, 'NotRegisteredUserException', 'the user is not linked to the app'],
  [-102, 400, 'already registered', 'manual signup of a linked user'],
  [-103, 400, 'the Kakao Account is dormant or does not exist', 'the account is dormant or gone'],
  [-201, 400, 'user property not found', 'a user property key is unknown'],
  [-401, 401, 'this access token does not exist', 'the token or key is unknown, expired or revoked'],
  [-402, 403, 'insufficient scopes.', 'the user has not agreed to what the API needs'],
  [-406, 401, 'users under age 14 are not allowed', 'the user is under 14 and the app does not allow that'],
  [-501, 400, 'the user has no Kakao Talk', 'the user does not use Kakao Talk'],
  [-602, 400, 'the image is too large', 'an uploaded image is too large'],
  [-603, 400, 'timeout inside Kakao', 'a timeout inside Kakao'],
  [-606, 400, 'the image format is not supported', 'an uploaded image has the wrong format'],
  [-903, 400, 'the app key is not registered', 'the app key, or that of the token, is not registered'],
  [-911, 400, 'the image format is not supported', 'an uploaded image has the wrong format'],
  [-9798, 503, 'service maintenance', 'service maintenance'],
];

/** In the official SDKs only; their HTTP status is unknown, and 400 here. */
const inSdks: readonly Row[] = [
  [-301, 400, 'the app does not exist', 'the app key is of an app that does not exist'],
  [-405, 400, 'age verification is required', 'the user has to verify their age'],
  [-451, 400, 'lower than the age limit', 'the user is younger than the app allows'],
  [-452, 400, 'age is verified already', 'age verification: it was done already'],
  [-453, 400, 'age check limit exceeded', 'age verification: it was tried too often'],
  [-480, 400, 'age result mismatched', 'age verification: the result is not the earlier one'],
  [-481, 400, 'CI mismatched', 'age verification: the CI (connecting information) is another'],
  [-502, 400, 'the message cannot be sent', 'Talk message: it cannot be sent to this receiver'],
  [-504, 400, 'the device is not supported', 'Talk message: the device of the receiver cannot show it'],
  [-530, 400, 'the receiver has disabled messages', 'Talk message: the receiver has switched them off'],
  [-531, 400, 'monthly message limit exceeded', 'Talk message: too many to one receiver in a month'],
  [-532, 400, 'daily message limit exceeded', 'Talk message: the sender has sent too many today'],
];

const peculiarities: Readonly<Record<number, Partial<KapiMeaning>>> = {
  [-10]: { statusAt: { '/v1/user/ids': 429 } },
  [-402]: { more: { required_scopes: ['account_email'], allowed_scopes: ['profile_nickname'] } },
};

/** Every negative code. */
export const kapiCodes: ReadonlyMap<number, KapiMeaning> = new Map([
  ...documented.map((row) => entry(row, 'rest-api/error-code')),
  ...inSdks.map((row) => entry(row, 'official SDK source')),
]);

function entry([code, status, msg, en]: Row, source: string): [number, KapiMeaning] {
  const cause = { en, ko: kapiKorean.get(code) ?? en };
  return [code, { status, msg, cause, source, ...peculiarities[code] }];
}
