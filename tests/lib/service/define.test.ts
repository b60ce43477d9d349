import { describe, expect, it } from 'vitest';
import { type KakaoLoginOptions, readService, ServiceError } from '@/lib/service/define';

function problemsOf(options: unknown): readonly string[] {
  try {
    readService(options);
    return [];
  } catch (error) {
    if (error instanceof ServiceError) return error.problems;
    throw error;
  }
}

describe('a wrong option is refused by its name', () => {
  it.each([
    ['service.name', { name: 7 }],
    ['service.name.en', { name: { ko: '나무 서점' } }],
    ['service.name.ko', { name: '' }],
    ['service.name.ko', { name: { ko: '   ', en: 'Namu' } }],
    ['service.name.ko', { name: { ko: '가'.repeat(41), en: 'Namu' } }],
    ['service.name.ko', { name: { ko: '나무\n서점', en: 'Namu' } }],
    ['service.name.ko', { name: { ko: '나무\u202e서점', en: 'Namu' } }],
    ['service.logo.light', { logo: 'logo.svg' }],
    ['service.logo.light', { logo: '/../.env.svg' }],
    ['service.logo.light', { logo: 'https://cdn.example.com/logo.svg' }],
    ['service.logo.dark', { logo: { light: '/logo.svg', dark: '/logo.exe' } }],
    ['service.icon', { icon: '/icon.ico' }],
    ['service.colors.primary', { colors: { primary: 'red' } }],
    ['service.colors.primary.light', { colors: { primary: '#fff' } }],
    ['service.colors.text.dark', { colors: { text: { light: '#000000', dark: '}' } } }],
    ['service.support', { support: 'help' }],
    ['service.support', { support: 'javascript:alert(1)' }],
    ['service.support', { support: 'http://help.example.com' }],
    ['service.terms.ko', { terms: 'javascript:alert(1)' }],
    ['service.terms.ko', { terms: '//evil.example.com' }],
    ['service.terms.ko', { terms: '/\\evil.example.com' }],
    ['service.privacy.en', { privacy: { ko: '/privacy', en: 'privacy' } }],
    ['service.preview.title.ko', { preview: { title: 'a'.repeat(101) } }],
    ['service.preview.description.ko', { preview: { description: '' } }],
    ['service.preview.picture', { preview: { picture: '/preview.svg' } }],
    ['service.timeZone', { timeZone: 'Seoul' }],
    ['service.timeZone', { timeZone: '+09:00' }],
    ['service.timeZone', { timeZone: '' }],
    ['service', { title: 'Namu' }],
    ['service.colors', { colors: { background: '#ffffff' } }],
    ['service.preview', { preview: { image: '/preview.png' } }],
  ])('%s: %j', (name, service) => {
    const names = problemsOf({ service }).map((problem) => problem.split(': ')[0]);
    expect(
      names.some((found) => found === name || found?.startsWith(`${name}.`)),
      names.join(),
    ).toBe(true);
  });

  it('kakaoSync and what has no name here too', () => {
    expect(problemsOf({ kakaoSync: 'yes' })).toEqual(['kakaoSync: must be true or false']);
    expect(problemsOf({ servise: {} })[0]).toContain('has no option servise');
    expect(problemsOf(undefined)[0]).toMatch(/^kakao-login\.config\.ts: /);
  });

  it('all of them at once, one line each', () => {
    const problems = problemsOf({ service: { timeZone: 'Mars', support: 'no', name: { ko: '', en: '' } } });
    expect(problems.map((problem) => problem.split(': ')[0])).toEqual([
      'service.name.ko',
      'service.name.en',
      'service.support',
      'service.timeZone',
    ]);
  });
});

describe('colours that cannot be told apart are refused', () => {
  it.each([
    ['service.colors.text', { text: '#999999' }, 'text on page', 'light'],
    ['service.colors.muted', { muted: { light: '#5b5b62', dark: '#555555' } }, 'muted on page', 'dark'],
    [
      'service.colors.surface',
      { surface: { light: '#444444', dark: '#1c1c1f' } },
      'text on surface',
      'light',
    ],
    [
      'service.colors.onPrimary',
      { primary: '#ffeb00', onPrimary: '#ffffff' },
      'onPrimary on primary',
      'light',
    ],
    ['service.colors.ring', { ring: { light: '#dddddd', dark: '#f1f1f2' } }, 'ring on page', 'light'],
    [
      'service.colors.control',
      { control: { light: '#85858c', dark: '#222222' } },
      'control on surface',
      'dark',
    ],
  ])('%s of %j', (name, colors, pair, scheme) => {
    const problems = problemsOf({ service: { colors } });
    const told = problems.find((problem) => problem.startsWith(`${name}: ${pair}`));
    expect(told, problems.join('\n')).toMatch(
      new RegExp(
        `has a contrast of \\d\\.\\d\\d:1 where the system is ${scheme}, and (4\\.5|3):1 is needed$`,
      ),
    );
  });

  it('and a main colour alone always gets a text that can be read on it', () => {
    for (let grey = 0; grey < 256; grey += 1) {
      const primary = `#${grey.toString(16).padStart(2, '0').repeat(3)}`;
      expect(problemsOf({ service: { colors: { primary } } }), primary).toEqual([]);
    }
  });
});

describe('what is given is taken', () => {
  it('one text for both languages, one colour for light and dark, one logo for both', () => {
    const options: KakaoLoginOptions = {
      service: { name: ' Namu ', colors: { primary: '#0055AA' }, logo: '/logo.svg', terms: '/terms' },
    };
    const { name, palette, logo, terms } = readService(options);
    expect(name).toEqual({ ko: 'Namu', en: 'Namu' });
    expect([palette.primary, palette.onPrimary]).toEqual([
      { light: '#0055aa', dark: '#0055aa' },
      { light: '#ffffff', dark: '#ffffff' },
    ]);
    expect([logo, terms]).toEqual([
      { light: '/logo.svg', dark: '/logo.svg' },
      { ko: '/terms', en: '/terms' },
    ]);
  });

  it('nothing at all', () => {
    const service = readService({});
    expect(service).toEqual(readService({ service: {} }));
    expect([service.timeZone, service.kakaoSync, service.name]).toEqual(['Asia/Seoul', false, undefined]);
  });
});
