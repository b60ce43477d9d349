import { describe, expect, it } from 'vitest';
import type { PersonalData } from '@/lib/account/export';
import { csvFile, downloadName, jsonFile, userJson } from '@/lib/http/json-views';

const at = new Date('2026-11-24T03:04:05Z');
const data: PersonalData = {
  exportedAt: at,
  service: 'http://localhost:3000',
  user: {
    id: 'u1',
    kakaoId: '9007199254740993',
    nickname: '=HYPERLINK("http://evil.example")',
    profileImageUrl: null,
    email: 'a,"b"\n@example.com',
    createdAt: at,
    lastLoginAt: at,
    blockedAt: null,
    disabledAt: null,
    stateChangedAt: null,
    profileFetchedAt: null,
  },
  sessions: [],
  securityEvents: [
    { at, kind: 'login', detail: null, effect: null, device: '크롬', ip: null },
    { at, kind: 'export', detail: null, effect: null, device: null, ip: null },
  ],
  kakaoToken: null,
  webhookEvents: [],
  consents: null,
};

/** The rows of a table by the names of its columns, as a spreadsheet reads them (RFC 4180). */
function rowsOf(body: string): Record<string, string>[] {
  const lines = [...body.slice(1).matchAll(/((?:"(?:[^"]|"")*",?)+)\r\n/g)].map(([, line = '']) =>
    [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell.replaceAll('""', '"')),
  );
  const [columns = [], ...rows] = lines;
  return rows.map((row) => {
    expect(row).toHaveLength(columns.length);
    return Object.fromEntries(row.map((cell, at) => [columns[at], cell]));
  });
}

const rowOf = (changes: Partial<PersonalData['user']>) =>
  rowsOf(csvFile({ ...data, user: { ...data.user, ...changes } }).body).find(({ part }) => part === 'user');

describe('the table', () => {
  const { body, contentType } = csvFile(data);

  it('has a row for each record, under one header', () => {
    expect(rowsOf(body).map(({ part, kind }) => [part, kind])).toEqual([
      ['export', ''],
      ['user', ''],
      ['securityEvents', 'login'],
      ['securityEvents', 'export'],
      ['kakaoToken', ''],
      ['consents', ''],
    ]);
  });

  it('has a column for every field, each once', () => {
    const [columns = []] = [...body.slice(1).split('\r\n')].map((line) => line.split(','));
    expect(new Set(columns).size).toBe(columns.length);
    for (const field of [...Object.keys(data.user), 'exportedAt', 'service', 'device', 'effect'])
      expect(columns).toContain(`"${field}"`);
  });

  it('runs nothing in a spreadsheet', () => {
    expect(rowOf({})?.['nickname']).toBe(`'=HYPERLINK("http://evil.example")`);
  });

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(1)',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\u3000＝1',
    '\u200b=1',
  ])('defuses the formula %j', (nickname) => {
    expect(rowOf({ nickname })?.['nickname']).toBe(`'${nickname}`);
  });

  it.each(['서윤', 'a=b', '1-1', "'=1"])('leaves %j as it is', (nickname) => {
    expect(rowOf({ nickname })?.['nickname']).toBe(nickname);
  });

  it('quotes what would break it', () => {
    expect(body).toContain('"a,""b""\n@example.com"');
    expect(rowOf({})?.['email']).toBe('a,"b"\n@example.com');
  });

  it('keeps ids exact, also those of which a spreadsheet would forget the last digits', () => {
    expect(rowOf({})?.['kakaoId']).toBe("'9007199254740993");
    expect(rowOf({ kakaoId: '900719925474099' })?.['kakaoId']).toBe('900719925474099');
  });

  it('is named, and marked so that Korean is read right', () => {
    expect(contentType).toBe('text/csv; charset=utf-8');
    expect(body.startsWith('\uFEFF"part","exportedAt","service","id","kakaoId",')).toBe(true);
  });
});

describe('the document', () => {
  it('says everything, with times in RFC 3339', () => {
    const { body } = jsonFile(data);
    expect(JSON.parse(body)).toMatchObject({
      exportedAt: '2026-11-24T03:04:05.000Z',
      user: { kakaoId: '9007199254740993', profileImageUrl: null },
    });
  });
});

describe('the name of a download', () => {
  const named = (service: string, timeZone = 'Asia/Seoul', exportedAt = new Date('2026-11-24T15:30:00Z')) =>
    downloadName({ exportedAt }, { service, timeZone, ending: 'csv' });

  it('is that of the service and the day in its zone', () => {
    expect(named('Login Starter')).toBe('login-starter-2026-11-25.csv');
    expect(named('Login Starter', 'America/New_York')).toBe('login-starter-2026-11-24.csv');
  });

  it('has nothing in it that a header or a file system takes for something else', () => {
    expect(named(' "A/B" & Co.\r\n')).toBe('a-b-co-2026-11-25.csv');
    expect(named('나무 서점')).toBe('my-data-2026-11-25.csv');
  });
});

it('a user is shown with the documented fields and no others', () => {
  const user = { id: 'u', kakaoId: '9007199254740993', nickname: null, profileImageUrl: null, email: null };
  const kept = { blockedAt: at, disabledAt: at, stateChangedAt: at, profileFetchedAt: at };
  const shown = userJson({ ...user, createdAt: at, lastLoginAt: at, ...kept });
  expect(shown).toEqual({ ...user, createdAt: at.toISOString(), lastLoginAt: at.toISOString() });
});
