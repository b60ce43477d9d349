import type { JsonObject } from '../json.ts';
import type { Bilingual } from '../world/consent-items.ts';

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

type Row = readonly [code: number, status: number, msg: string, cause: string, ko: string];

/** developers.kakao.com/docs/ko/rest-api/error-code. Retry -1, -7, -603 and -9798; -10 later; the others never. */
const documented: readonly Row[] = [
  [
    -1,
    400,
    'internal server error',
    'Kakao fails inside; nobody is to be logged out',
    '카카오 내부 오류입니다. 아무도 로그아웃시키지 마세요',
  ],
  [-2, 400, 'invalid parameter', 'a parameter is missing or invalid', '파라미터가 없거나 잘못되었습니다'],
  [
    -3,
    403,
    'the feature is not enabled for this app',
    'a feature is off, or the admin key may not call this API',
    '기능이 꺼져 있거나, 이 어드민 키로 부를 수 없는 API입니다',
  ],
  [
    -4,
    403,
    'the account is blocked',
    'the account is blocked or restricted',
    '차단되었거나 제한된 계정입니다',
  ],
  [
    -5,
    403,
    'the app has no permission for this API',
    'the app needs a permission',
    '앱에 필요한 권한이 없습니다',
  ],
  [
    -6,
    403,
    'the action is not allowed',
    'the Kakao service does not allow the action',
    '카카오 서비스에서 허용하지 않는 동작입니다',
  ],
  [
    -7,
    400,
    'the service is under maintenance',
    'maintenance or trouble inside the service',
    '서비스 점검 중이거나 내부에 문제가 있습니다',
  ],
  [-8, 400, 'bad header', 'a header is wrong', '헤더가 잘못되었습니다'],
  [-9, 400, 'the API has been discontinued', 'the API has been discontinued', '종료된 API입니다'],
  [-10, 400, 'API limit has been exceeded.', 'the quota is used up', '호출 한도를 넘었습니다'],
  [
    -11,
    400,
    'the budget of this API has been exceeded',
    'the daily or monthly budget of a paid API is used up',
    '유료 API의 하루 또는 한 달 한도를 넘었습니다',
  ],
  [
    -12,
    403,
    'the app or the developer account is sanctioned',
    'the app or its developer is sanctioned',
    '앱이나 개발자 계정이 제재되었습니다',
  ],
  [
    -101,
    400,
    'NotRegisteredUserException',
    'the user is not linked to the app',
    '앱에 연결되지 않은 사용자입니다',
  ],
  [-102, 400, 'already registered', 'manual signup of a linked user', '이미 연결된 사용자입니다'],
  [
    -103,
    400,
    'the Kakao Account is dormant or does not exist',
    'the account is dormant or gone',
    '휴면 계정이거나 없는 계정입니다',
  ],
  [-201, 400, 'user property not found', 'a user property key is unknown', '없는 사용자 프로퍼티 키입니다'],
  [
    -401,
    401,
    'this access token does not exist',
    'the token or key is unknown, expired or revoked',
    '없거나 만료되었거나 폐기된 토큰 또는 키입니다',
  ],
  [
    -402,
    403,
    'insufficient scopes.',
    'the user has not agreed to what the API needs',
    'API에 필요한 항목에 사용자가 동의하지 않았습니다',
  ],
  [
    -406,
    401,
    'users under age 14 are not allowed',
    'the user is under 14 and the app does not allow that',
    '만 14세 미만을 허용하지 않는 앱입니다',
  ],
  [
    -501,
    400,
    'the user has no Kakao Talk',
    'the user does not use Kakao Talk',
    '카카오톡을 쓰지 않는 사용자입니다',
  ],
  [-602, 400, 'the image is too large', 'an uploaded image is too large', '올린 이미지가 너무 큽니다'],
  [-603, 400, 'timeout inside Kakao', 'a timeout inside Kakao', '카카오 내부에서 시간이 초과되었습니다'],
  [
    -606,
    400,
    'the image format is not supported',
    'an uploaded image has the wrong format',
    '올린 이미지의 형식이 잘못되었습니다',
  ],
  [
    -903,
    400,
    'the app key is not registered',
    'the app key, or that of the token, is not registered',
    '등록되지 않은 앱 키이거나, 그런 키의 토큰입니다',
  ],
  [
    -911,
    400,
    'the image format is not supported',
    'an uploaded image has the wrong format',
    '올린 이미지의 형식이 잘못되었습니다',
  ],
  [-9798, 503, 'service maintenance', 'service maintenance', '서비스 점검 중입니다'],
];

/** In the official SDKs only; their HTTP status is unknown, and 400 here. */
const inSdks: readonly Row[] = [
  [-301, 400, 'the app does not exist', 'the app key is of an app that does not exist', '없는 앱의 키입니다'],
  [
    -405,
    400,
    'age verification is required',
    'the user has to verify their age',
    '사용자의 연령 인증이 필요합니다',
  ],
  [
    -451,
    400,
    'lower than the age limit',
    'the user is younger than the app allows',
    '앱의 제한 연령보다 어린 사용자입니다',
  ],
  [
    -452,
    400,
    'age is verified already',
    'age verification: it was done already',
    '연령 인증: 이미 인증했습니다',
  ],
  [
    -453,
    400,
    'age check limit exceeded',
    'age verification: it was tried too often',
    '연령 인증: 시도 횟수를 넘었습니다',
  ],
  [
    -480,
    400,
    'age result mismatched',
    'age verification: the result is not the earlier one',
    '연령 인증: 이전 결과와 다릅니다',
  ],
  [
    -481,
    400,
    'CI mismatched',
    'age verification: the CI (connecting information) is another',
    '연령 인증: CI(연계정보)가 다릅니다',
  ],
  [
    -502,
    400,
    'the message cannot be sent',
    'Talk message: it cannot be sent to this receiver',
    '톡 메시지: 받는 사람에게 보낼 수 없습니다',
  ],
  [
    -504,
    400,
    'the device is not supported',
    'Talk message: the device of the receiver cannot show it',
    '톡 메시지: 받는 사람의 기기가 지원하지 않습니다',
  ],
  [
    -530,
    400,
    'the receiver has disabled messages',
    'Talk message: the receiver has switched them off',
    '톡 메시지: 받는 사람이 수신을 꺼 두었습니다',
  ],
  [
    -531,
    400,
    'monthly message limit exceeded',
    'Talk message: too many to one receiver in a month',
    '톡 메시지: 한 사람에게 한 달에 보낼 수 있는 횟수를 넘었습니다',
  ],
  [
    -532,
    400,
    'daily message limit exceeded',
    'Talk message: the sender has sent too many today',
    '톡 메시지: 하루에 보낼 수 있는 횟수를 넘었습니다',
  ],
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

function entry([code, status, msg, en, ko]: Row, source: string): [number, KapiMeaning] {
  return [code, { status, msg, cause: { en, ko }, source, ...peculiarities[code] }];
}
