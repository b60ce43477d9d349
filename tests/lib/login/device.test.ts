import { describe, expect, it } from 'vitest';
import { deviceName } from '@/lib/login/device';

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
const android = `Mozilla/5.0 (Linux; Android 14; SM-S918N) ${webkit}`;
const windows = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit}`;
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

describe('the name of a device', () => {
  it.each([null, '', 'Mozilla/5.0', 'test browser', '카카오', '\u0000', '<script>', '('.repeat(256)])(
    'cannot be told from %j',
    (userAgent) => {
      expect(deviceName(userAgent)).toBeNull();
    },
  );

  it.each([
    [`${windows} Chrome/141.0.0.0 Safari/537.36`, 'Chrome · Windows'],
    [`${windows} HeadlessChrome/141.0.0.0 Safari/537.36`, 'Chrome · Windows'],
    [`${windows} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`, 'Edge · Windows'],
    [`${windows} Chrome/138.0.0.0 Whale/4.32.315.22 Safari/537.36`, 'Whale · Windows'],
    [`${windows} Chrome/141.0.0.0 Safari/537.36 OPR/120.0.0.0`, 'Opera · Windows'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0', 'Firefox · Windows'],
    [`${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15`, 'Safari · Mac'],
    [`${mac} ${webkit} Chrome/141.0.0.0 Safari/537.36`, 'Chrome · Mac'],
    [
      `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${webkit} Chrome/141.0.0.0 Safari/537.36`,
      'Chrome · ChromeOS',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0', 'Firefox · Linux'],
    [`${iphone} Version/18.1 Mobile/15E148 Safari/604.1`, 'Safari · iPhone'],
    [`${iphone} CriOS/141.0.0.0 Mobile/15E148 Safari/604.1`, 'Chrome · iPhone'],
    [`${iphone} Mobile/15E148 KAKAOTALK/25.8.1 (INAPP)`, 'KakaoTalk · iPhone'],
    [`${android} Version/4.0 Chrome/141.0.0.0 Mobile Safari/537.36;KAKAOTALK 2410810`, 'KakaoTalk · Android'],
    [
      `${android} Version/4.0 Chrome/141.0.0.0 Mobile Safari/537.36 NAVER(inapp; search; 2000)`,
      'Naver · Android',
    ],
    [`${android} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`, 'Samsung Internet · Android'],
    [`${android} Version/4.0 Chrome/141.0.0.0 Mobile Safari/537.36 Instagram 400.0.0`, 'Instagram · Android'],
    [`${android} Version/4.0 Chrome/141.0.0.0 [FB_IAB/FB4A;FBAV/520.0.0;]`, 'Facebook · Android'],
    ['okhttp/4.12.0', 'App · Android'],
    ['Shop/12 CFNetwork/1568.100.1 Darwin/24.0.0', 'App · iOS'],
    ['Dart/3.9 (dart:io)', 'App'],
    [`Mozilla/5.0 (Windows NT 10.0)`, 'Windows'],
  ])('%s: %s', (userAgent, name) => {
    expect(deviceName(userAgent)).toBe(name);
  });
});
