import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fidelity, withFidelityTable } from '../src/fidelity.ts';
import { kakaoEndpoints } from '../src/routes.ts';
import { useKakao } from './kakao.ts';

const kakao = useKakao();

const named = fidelity
  .filter(({ endpoint }) => !endpoint.startsWith('→'))
  .flatMap(({ endpoint }) => {
    const [methods = '', path = ''] = endpoint.split(' /');
    return methods.split(', ').map((method) => `${method} /${path}`);
  });

describe('the fidelity table', () => {
  it('has every endpoint of Kakao', () => {
    const missing = kakaoEndpoints().filter((endpoint) => !named.includes(endpoint));
    expect(missing, 'add a row for each to emulator/src/fidelity.ts, then run `npm run fidelity`').toEqual(
      [],
    );
  });

  it('has no endpoint that is not there, and none twice', () => {
    const gone = named.filter((endpoint) => !kakaoEndpoints().includes(endpoint));
    expect(gone, 'remove these from emulator/src/fidelity.ts, then run `npm run fidelity`').toEqual([]);
    expect(new Set(named).size).toBe(named.length);
  });

  it('is the one in docs/endpoints.md', () => {
    const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'endpoints.md'), 'utf8');
    const isSame = page === withFidelityTable(page);
    expect(isSame, 'run `npm run fidelity` to write emulator/src/fidelity.ts into the page').toBe(true);
  });

  it('needs its two marker comments in the page, in order', () => {
    const page = '<!-- /fidelity --> <!-- fidelity: written by `npm run fidelity` -->';
    for (const text of ['', page]) expect(() => withFidelityTable(text)).toThrow(RangeError);
  });

  it('is told by the control API', async () => {
    const { json } = await kakao.control('GET', 'fidelity');
    expect(json['endpoints']).toEqual(JSON.parse(JSON.stringify(fidelity)));
  });
});
