import { describe, expect, it } from 'vitest';
import { InvalidNotice, type NoticeFields, noticeFields, readUnlinkNotice } from '@/lib/kakao/unlink-notice';

const form = 'application/x-www-form-urlencoded;charset=utf-8';
const good = { app_id: '1234567', user_id: '3900000001', referrer_type: 'UNLINK_FROM_APPS' };

/** The field for which a notice is refused. */
function refused(fields: NoticeFields): string {
  try {
    return `read: ${readUnlinkNotice(fields).kakaoId}`;
  } catch (error) {
    return error instanceof InvalidNotice ? error.field : String(error);
  }
}

describe('an unlink notice is refused, by the name of the field,', () => {
  it.each(['app_id', 'user_id', 'referrer_type'])('without, with an empty or with two of %s', (name) => {
    const fields = Object.entries(good);
    const others = fields.filter(([field]) => field !== name);
    expect(refused(others)).toBe(name);
    expect(refused([...others, [name, '']])).toBe(name);
    const twice = [...fields, ...fields.filter(([field]) => field === name)];
    expect(refused(twice)).toBe(name);
  });

  it.each([
    ['user_id', '0'],
    ['user_id', '-1'],
    ['user_id', '1.5'],
    ['user_id', '9223372036854775808'],
    ['user_id', ' 3900000001'],
    ['user_id', null],
    ['user_id', ['3900000001']],
    ['app_id', 'abc'],
    ['app_id', '%00'],
    ['referrer_type', 'a b'],
    ['referrer_type', 'X'.repeat(65)],
    ['referrer_type', 7n],
  ])('when %s is %s', (name, value) => {
    const fields = Object.entries({ ...good, [name]: value });
    expect(refused(fields)).toBe(name);
  });

  it('when the body cannot be read', () => {
    expect(noticeFields('text/plain', 'app_id=1')).toBeNull();
    expect(noticeFields(null, 'app_id=1')).toBeNull();
    for (const body of ['', '{', 'null', '[]', '7', '{"app_id":"1","app_id":"2"}']) {
      expect(refused(noticeFields('application/json', body) ?? []), body).toBe('app_id');
    }
  });
});

describe('an unlink notice', () => {
  const read = { appId: '1234567', kakaoId: '3900000001', referrerType: 'UNLINK_FROM_APPS' };

  it('comes as a form', () => {
    const body = new URLSearchParams({ ...good, group_user_token: 'x' }).toString();
    expect(readUnlinkNotice(noticeFields(form, body) ?? [])).toEqual(read);
  });

  it('comes as JSON, with ids as texts or as exact numbers', () => {
    expect(readUnlinkNotice(noticeFields('application/json', JSON.stringify(good)) ?? [])).toEqual(read);
    const numbers = '{"app_id":1234567,"user_id":9007199254740993,"referrer_type":"ACCOUNT_DELETE"}';
    expect(readUnlinkNotice(noticeFields('Application/JSON; charset=utf-8', numbers) ?? [])).toEqual({
      appId: '1234567',
      kakaoId: '9007199254740993',
      referrerType: 'ACCOUNT_DELETE',
    });
  });

  it('may have a reason that is not documented', () => {
    const fields = Object.entries({ ...good, referrer_type: 'SOMETHING_NEW' });
    expect(readUnlinkNotice(fields)).toMatchObject({ referrerType: 'SOMETHING_NEW' });
  });
});
