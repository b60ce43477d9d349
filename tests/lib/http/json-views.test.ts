import { describe, expect, it } from 'vitest';
import type { PersonalData } from '@/lib/account/export';
import { csvFile, jsonFile, userJson } from '@/lib/http/json-views';

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

describe('the table', () => {
  const { body, name, contentType } = csvFile(data);

  it('runs nothing in a spreadsheet', () => {
    expect(body).toContain(`"user","1","nickname","'=HYPERLINK(""http://evil.example"")"`);
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
    const user = { ...data.user, nickname } as PersonalData['user'];
    expect(csvFile({ ...data, user }).body).toContain(`"nickname","'${nickname}"`);
  });

  it.each(['서윤', 'a=b', '1-1', "'=1"])('leaves %j as it is', (nickname) => {
    const user = { ...data.user, nickname } as PersonalData['user'];
    expect(csvFile({ ...data, user }).body).toContain(`"nickname","${nickname}"`);
  });

  it('quotes what would break it', () => {
    expect(body).toContain('"user","1","email","a,""b""\n@example.com"');
  });

  it('numbers the records of a part, and keeps ids exact', () => {
    expect(body).toContain('"securityEvents","2","kind","export"');
    expect(body).toContain('"user","1","kakaoId","9007199254740993"');
  });

  it('is named, and marked so that Korean is read right', () => {
    expect([name, contentType]).toEqual(['kakao-login-2026-11-24.csv', 'text/csv; charset=utf-8']);
    expect(body.startsWith('\uFEFF"part","record","field","value"\r\n')).toBe(true);
  });
});

describe('the document', () => {
  it('says everything, with times in RFC 3339', () => {
    const { body, name } = jsonFile(data);
    expect(name).toBe('kakao-login-2026-11-24.json');
    expect(JSON.parse(body)).toMatchObject({
      exportedAt: '2026-11-24T03:04:05.000Z',
      user: { kakaoId: '9007199254740993', profileImageUrl: null },
    });
  });
});

it('a user is shown with the documented fields and no others', () => {
  const user = { id: 'u', kakaoId: '9007199254740993', nickname: null, profileImageUrl: null, email: null };
  const kept = { blockedAt: at, disabledAt: at, stateChangedAt: at, profileFetchedAt: at };
  const shown = userJson({ ...user, createdAt: at, lastLoginAt: at, ...kept });
  expect(shown).toEqual({ ...user, createdAt: at.toISOString(), lastLoginAt: at.toISOString() });
});
