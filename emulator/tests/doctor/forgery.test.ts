import { describe, expect, it } from 'vitest';
import { forgeries } from '../../doctor/forgery.ts';
import type { Patient } from '../../doctor/patient.ts';

const ada = { id: '5000000000001', nickname: 'Ada', email: null };
const ben = { id: '5000000000002', nickname: 'Ben', email: null };
const forge = (adas: string, bens: string) =>
  forgeries(adas, bens, { ada, ben } as Patient).map(([, value]) => value);

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a cookie is forged', () => {
  it('for Ben where it names Ada', () => {
    expect(forge(`id=${ada.id}&n=Ada`, '')[0]).toBe(`id=${ben.id}&n=Ben`);
    expect(forge(base64(`{"id":"${ada.id}"}`), '')[0]).toBe(base64(`{"id":"${ben.id}"}`));
    expect(forge(encodeURIComponent(base64(`{"a":"Ada"}`)), '')[0]).toBe(base64(`{"a":"Ben"}`));
  });

  it('from the claims of Ben where it is a token', () => {
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    expect(forge('head.adas.sign', 'head.bens.other')).toEqual([
      `${none}.bens.`,
      'head.bens.sign',
      'head.adas.siAn',
    ]);
  });

  it('in its signature, or in the middle where it has none', () => {
    expect(forge('opaque', 'others')).toEqual(['opaAue']);
    expect(forge('id.BAB', 'others')).toEqual(['id.BBB']);
    expect(forge('%zz', 'others')).toEqual(['%Az']);
  });
});
