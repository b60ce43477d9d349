import type { HistoryPlace } from '../db/history';
import type { Device } from './deps';

type Names = readonly (readonly [pattern: RegExp, name: string])[];

/** In-app browsers first: they also claim to be the browser they are made of. */
const browsers: Names = [
  [/KAKAOTALK/, 'KakaoTalk'],
  [/NAVER\(inapp/, 'Naver'],
  [/Instagram/, 'Instagram'],
  [/\bFBA[NV]\//, 'Facebook'],
  [/\bLine\//, 'LINE'],
  [/DaumApps|DaumDevice/, 'Daum'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Whale\//, 'Whale'],
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOP(R|T|X)\/|Opera/, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Version\/\S+ .*Safari\//, 'Safari'],
  [/okhttp\/|CFNetwork\/|Dart\/|Alamofire\//i, 'App'],
];

const systems: Names = [
  [/iPhone|iPod/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android|okhttp/, 'Android'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/CFNetwork\//, 'iOS'],
  [/Linux|X11/, 'Linux'],
];

/**
 * What people call the device of a user agent: browser and system, such as "Chrome · Windows"; one of the two if the
 * other cannot be told, `null` if neither can. Versions and models are left out: they change and say little.
 */
export function deviceName(userAgent: string | null): string | null {
  if (userAgent === null) return null;
  const known = [browsers, systems].flatMap(
    (names) => names.find(([pattern]) => pattern.test(userAgent))?.[1] ?? [],
  );
  return known.join(' · ') || null;
}

/** Where and when something happened, as the history keeps it. */
export function placeOf(device: Device, at: Date): HistoryPlace {
  return { at, device: deviceName(device.userAgent), ip: device.ip };
}
