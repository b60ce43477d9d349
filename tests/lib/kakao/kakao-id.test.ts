import { describe, expect, it } from 'vitest';
import { parseExactJson } from '@/lib/kakao/api';
import { readKakaoId } from '@/lib/kakao/user';

/** The id in this JSON, read as an answer of Kakao is. */
function idIn(json: string): string | null {
  return readKakaoId(Reflect.get(Object(parseExactJson(json)), 'id'));
}

describe('a Kakao id is not', () => {
  it.each([
    ['zero', '0'],
    ['negative', '-1'],
    ['minus zero', '-0'],
    ['2^63', '9223372036854775808'],
    ['a number of 20 digits', '12345678901234567890'],
    ['a number of a thousand digits', '9'.repeat(1_000)],
    ['a decimal', '1.0'],
    ['an exponent', '1e3'],
    ['a decimal that is large', '9007199254740993.0'],
    ['null', 'null'],
    ['true', 'true'],
    ['an object', '{"id":1}'],
    ['a list', '[1]'],
    ['an empty text', '""'],
    ['a text of letters', '"12a"'],
    ['a text with a sign', '"+12"'],
    ['a negative text', '"-12"'],
    ['a text with a leading zero', '"012"'],
    ['a text with spaces', '" 12"'],
    ['a text with a line end', '"12\\n"'],
    ['a text in hexadecimal', '"0x12"'],
    ['a text of another script', '"１２"'],
    ['a text of 20 digits', '"12345678901234567890"'],
    ['2^63 as text', '"9223372036854775808"'],
    ['zero as text', '"0"'],
  ])('%s', (_, json) => {
    expect(idIn(`{"id":${json}}`)).toBeNull();
  });

  it('missing', () => {
    expect(idIn('{}')).toBeNull();
  });

  it('somewhere deeper, or inherited', () => {
    expect(idIn('{"kakao_account":{"id":12}}')).toBeNull();
    expect(idIn('{"__proto__":{"id":12}}')).toBeNull();
  });

  it('rounded by JSON.parse on its way', () => {
    expect(readKakaoId(JSON.parse('{"id":12}').id)).toBeNull();
  });
});

describe('a Kakao id is exact', () => {
  it.each(['1', '12', '3900000001', '9007199254740992', '9007199254740993', '9223372036854775807'])(
    'for %s, as number and as text',
    (id) => {
      expect(idIn(`{"id":${id}}`)).toBe(id);
      expect(idIn(`{"id":"${id}"}`)).toBe(id);
    },
  );
});

describe('parseExactJson', () => {
  it('refuses an id that comes twice with two values', () => {
    expect(() => parseExactJson('{"id":1,"id":2}')).toThrow(SyntaxError);
  });

  it.each(['', '{', '{"id":}', '{"id":1}x', '{"id":01}', '{id:1}', "{'id':1}", '<html>', 'NaN'])(
    'refuses %j',
    (text) => {
      expect(() => parseExactJson(text)).toThrow(SyntaxError);
    },
  );

  it('does not let an answer change what objects inherit', () => {
    parseExactJson('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('reads whole numbers exactly and the others as usual', () => {
    expect(parseExactJson('[1, -1, 1.5, 1e2, "1", null]')).toEqual([1n, -1n, 1.5, 100, '1', null]);
  });
});
