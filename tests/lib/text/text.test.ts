import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { datesIn, deviceText, historySentence, isLocale, pickLocale, text } from '../../../lib/text';
import { en } from '../../../lib/text/en';
import { ko } from '../../../lib/text/ko';

/** Every sentence by its path, such as `login.title`; a function gives the sentence it makes of `○○`. */
function sentences(node: unknown, path = ''): Map<string, string> {
  if (typeof node === 'function') return new Map([[path, String(node('○○'))]]);
  if (typeof node !== 'object' || node === null) return new Map([[path, String(node)]]);
  return new Map(Object.entries(node).flatMap(([key, value]) => [...sentences(value, `${path}.${key}`)]));
}

const failureCodes = [
  'blocked',
  'cancelled',
  'expired',
  'kakao_rejected',
  'kakao_unavailable',
  'misconfigured',
  'too_many_requests',
  'under_14',
  'unexpected',
];

it('nothing that a person reads is written in a page', () => {
  const files = ['app', 'components'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  const written = files
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => readFileSync(file, 'utf8').match(/\p{Script=Hangul}+/gu) ?? []);
  // Each language's own name is the same in all of them.
  expect(written).toEqual(['한국어']);
});

describe('the dictionaries', () => {
  it('say the same things in both languages', () => {
    expect([...sentences(en).keys()].sort()).toEqual([...sentences(ko).keys()].sort());
  });

  it.each(['ko', 'en'] as const)('leave nothing unsaid in %s', (locale) => {
    for (const [path, sentence] of sentences(text(locale))) expect(sentence.trim(), path).not.toBe('');
  });

  it('do not leave Korean in the English ones, nor English sentences in the Korean ones', () => {
    for (const [path, sentence] of sentences(en)) expect(sentence, path).not.toMatch(/[가-힣]/);
    for (const [path, sentence] of sentences(ko)) expect(sentence, path).toMatch(/[가-힣]/);
  });

  it.each(['ko', 'en'] as const)('put the name into every sentence made for one in %s', (locale) => {
    const t = text(locale);
    for (const make of [t.home.hello, t.login.continueAs, t.login.errorTitle, t.account.picture]) {
      expect(make('춘식이')).toContain('춘식이');
    }
  });

  it.each(['ko', 'en'] as const)(
    'fence the name in %s, so that a right-to-left one cannot reorder the sentence',
    (locale) => {
      const t = text(locale);
      for (const make of [t.home.hello, t.login.continueAs, t.account.picture]) {
        expect(make('نور')).toContain('\u2068نور\u2069');
      }
    },
  );

  it.each(['ko', 'en'] as const)('explain each login failure in its own words in %s', (locale) => {
    const { failures } = text(locale).login;
    expect(Object.keys(failures).sort()).toEqual(failureCodes);
    for (const part of ['title', 'happened', 'todo'] as const) {
      expect(new Set(Object.values(failures).map((failure) => failure[part])).size).toBe(failureCodes.length);
    }
  });

  it.each(['ko', 'en'] as const)('explain each cause of one in its own words in %s', (locale) => {
    const { failures, causes } = text(locale).login;
    const all = [...Object.values(failures), ...Object.values(causes)];
    // Refused for its settings or for another reason: the same to the person.
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length - 1);
    expect(new Set(all.map(({ happened }) => happened)).size).toBe(all.length);
  });

  it('say that it is not the fault of the person where only the operator can do something', () => {
    const isSaid = { ko: /회원님의 잘못(이 아니|은 아니)/, en: /not your fault/ };
    for (const locale of ['ko', 'en'] as const) {
      const { failures, causes } = text(locale).login;
      const ofOperators = [
        failures.misconfigured,
        failures.kakao_unavailable,
        failures.unexpected,
        causes.refused,
        causes.busy,
        causes.unverifiable,
      ];
      for (const { happened } of ofOperators) expect(happened).toMatch(isSaid[locale]);
    }
  });

  it('never call the button by a name Kakao forbids', () => {
    expect([...sentences(ko).values()].join(' ')).not.toContain('카카오톡 로그인');
    expect([ko.login.kakaoButton, en.login.kakaoButton]).toEqual(['카카오 로그인', 'Login with Kakao']);
    const sync = { name: undefined, preview: { title: undefined, description: undefined }, kakaoSync: true };
    const buttons = (['ko', 'en'] as const).map((locale) => text(locale, sync).login.kakaoButton);
    expect(buttons).toEqual(['카카오로 시작하기', 'Start with Kakao']);
  });
});

describe('what a service says of itself', () => {
  const words = { ko: '나무 서점', en: 'Namu Books' };

  it('stands in the place of ours', () => {
    const preview = {
      title: { ko: '동네 책방', en: 'A bookshop' },
      description: { ko: '책이 있어요.', en: 'Books.' },
    };
    const { site } = text('ko', { name: words, preview, kakaoSync: false });
    expect([site.name, site.title(site.name), site.description]).toEqual([
      '나무 서점',
      '동네 책방',
      '책이 있어요.',
    ]);
    expect(text('en', { name: words, preview, kakaoSync: false }).site.name).toBe('Namu Books');
  });

  it('leaves the rest as it is', () => {
    const { site, login } = text('ko', {
      name: words,
      preview: { title: undefined, description: undefined },
      kakaoSync: false,
    });
    expect(site.title(site.name)).toContain('나무 서점');
    expect([site.description, login]).toEqual([ko.site.description, ko.login]);
  });
});

describe('isLocale', () => {
  it.each(['', 'KO', 'ja', 'ko-KR', 'constructor', null, undefined, 1, ['ko']])('refuses %j', (value) => {
    expect(isLocale(value)).toBe(false);
  });
});

describe('pickLocale', () => {
  it.each([
    ['no header', null],
    ['an empty header', ''],
    ['only languages it does not speak', 'ja, fr;q=0.9'],
    ['only commas', ',,,'],
    ['a control character', 'en\u0000'],
    ['a word that merely begins like a language', 'english-words-are-here'],
    ['a quality above one', 'en;q=1.5'],
    ['a quality that is not a number', 'en;q=high'],
    ['a negative quality', 'en;q=-1'],
    ['an unknown parameter', 'en;level=1'],
    ['a language excluded by a quality of zero', 'en;q=0, en-US;q=0.000'],
    ['a header that goes on for ever', `${'x,'.repeat(100_000)}en`],
    ['any language', '*'],
  ])('falls back to Korean for %s', (_, header) => {
    expect(pickLocale(undefined, header)).toBe('ko');
  });

  it.each(['', 'EN', 'ja', 'en-US', 'en; ko', '__proto__'])('does not trust the cookie %j', (cookie) => {
    expect(pickLocale(cookie, 'ko')).toBe('ko');
    expect(pickLocale(cookie, 'en')).toBe('en');
  });

  it('lets the cookie decide before the header', () => {
    expect(pickLocale('ko', 'en')).toBe('ko');
    expect(pickLocale('en', 'ko-KR,ko;q=0.9')).toBe('en');
  });

  it.each([
    ['ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7', 'ko'],
    ['en-US,en;q=0.9,ko;q=0.8', 'en'],
    ['ko;q=0.2, en;q=0.7', 'en'],
    ['en;q=0.300, ko;q=0.31', 'ko'],
    ['fr, en;q=0.1', 'en'],
    ['EN-gb', 'en'],
    ['en, ko', 'en'],
    ['*;q=0.1, en;q=0.5', 'en'],
    ['ko;q=0, en;q=0.001', 'en'],
    ['bogus!!, en ; q = 0.5', 'en'],
  ])('reads %j as %s', (header, expected) => {
    expect(pickLocale(undefined, header)).toBe(expected);
  });
});

describe('dates', () => {
  const lateEvening = new Date('2026-11-24T15:30:00Z');

  it('are those of Korea, whatever the zone of the server', () => {
    expect(datesIn('ko', 'Asia/Seoul').day(lateEvening)).toBe('2026년 11월 25일');
    expect(datesIn('en', 'Asia/Seoul').day(lateEvening)).toBe('November 25, 2026');
  });

  it('carry the time, and the zone for English readers', () => {
    expect(datesIn('ko', 'Asia/Seoul').minute(lateEvening)).toBe('2026년 11월 25일 00:30');
    expect(datesIn('en', 'Asia/Seoul').minute(lateEvening)).toBe('November 25, 2026 at 00:30 (KST)');
  });
});

describe('the history', () => {
  const entries = [
    { kind: 'login' },
    { kind: 'new_device' },
    { kind: 'session_ended', detail: 'KakaoTalk · iPhone' },
    { kind: 'session_ended', detail: null },
    { kind: 'sessions_ended' },
    { kind: 'logged_out', detail: 'here' },
    { kind: 'logged_out', detail: 'everywhere' },
    { kind: 'logged_out', detail: 'with_kakao' },
    { kind: 'consent_added', detail: 'account_email' },
    { kind: 'consent_withdrawn', detail: 'account_email' },
    { kind: 'tokens_purged' },
    { kind: 'kakao_event', detail: 'account-disabled', effect: 'block' },
    { kind: 'kakao_event', detail: 'account-disabled', effect: 'none' },
    { kind: 'kakao_event', detail: 'never-heard-of', effect: 'none' },
    { kind: 'export' },
  ] as const;

  it.each(['ko', 'en'] as const)('says each entry in its own words in %s', (locale) => {
    const said = entries.map((entry) => historySentence(entry, text(locale)));
    expect(new Set(said).size).toBe(entries.length);
    for (const sentence of said) expect(sentence).not.toMatch(/undefined|never-heard-of|account_email/);
  });

  it('names devices in the language of the reader', () => {
    expect(deviceText('KakaoTalk · iPhone', text('ko').sessions)).toBe('카카오톡 · iPhone');
    expect(deviceText('KakaoTalk · iPhone', text('en').sessions)).toBe('KakaoTalk · iPhone');
    expect(deviceText(null, text('ko').sessions)).toBe('알 수 없는 기기');
  });
});
