import { describe, expect, it } from 'vitest';
import { people, useKakao } from './kakao.ts';

const kakao = useKakao();
const start = '2026-03-02T04:11:52.000Z';

const clock = async (method = 'GET', body?: unknown) => (await kakao.control(method, 'clock', body)).json;
const advance = async (seconds: number) => (await kakao.control('POST', 'clock/advance', { seconds })).json;

describe('a wrong order for the clock', () => {
  it.each([
    ['now', { now: 'tomorrow' }],
    ['now', { now: '2026-13-45T00:00:00Z' }],
    ['now', { now: 1767225600 }],
    ['offsetSeconds', { offsetSeconds: 1.5 }],
    ['frozen', { frozen: 'yes' }],
    ['speed', { speed: 2 }],
  ])('names the field %s', async (field, order) => {
    const refused = await kakao.control('PATCH', 'clock', order);
    expect([refused.status, refused.json['field']]).toEqual([400, field]);
    expect(await clock()).toEqual({ now: start, offsetSeconds: 0, frozen: false });
  });

  it.each([{}, { seconds: -1 }, { seconds: '60' }])('advances by %j never', async (order) => {
    const refused = await kakao.control('POST', 'clock/advance', order);
    expect([refused.status, refused.json['field']]).toEqual([400, 'seconds']);
  });
});

describe('the clock', () => {
  it('runs with the clock of the machine until told otherwise', async () => {
    expect(await clock()).toEqual({ now: start, offsetSeconds: 0, frozen: false });
    kakao.wait(5);
    expect((await clock())['now']).toBe('2026-03-02T04:11:57.000Z');
  });

  it('advances, and runs on from there', async () => {
    expect(await advance(60)).toEqual({ now: '2026-03-02T04:12:52.000Z', offsetSeconds: 60, frozen: false });
    kakao.wait(5);
    expect((await clock())['now']).toBe('2026-03-02T04:12:57.000Z');
  });

  it('stands still while frozen, also when the machine goes on', async () => {
    await clock('PATCH', { frozen: true });
    kakao.wait(3600);
    expect(await clock()).toEqual({ now: start, offsetSeconds: -3600, frozen: true });
  });

  it('advances while frozen and stays frozen', async () => {
    await clock('PATCH', { frozen: true });
    await advance(90);
    kakao.wait(3600);
    expect(await clock()).toMatchObject({ now: '2026-03-02T04:13:22.000Z', frozen: true });
  });

  it('runs on from where it stood when it is thawed', async () => {
    await clock('PATCH', { frozen: true });
    kakao.wait(3600);
    await clock('PATCH', { frozen: false });
    kakao.wait(8);
    expect(await clock()).toEqual({ now: '2026-03-02T04:12:00.000Z', offsetSeconds: -3600, frozen: false });
  });

  it('is set to an instant and frozen there in one call', async () => {
    expect(await clock('PATCH', { now: '2028-02-29T00:00:00Z', frozen: true })).toMatchObject({
      now: '2028-02-29T00:00:00.000Z',
      frozen: true,
    });
  });

  it('goes back to the clock of the machine', async () => {
    await clock('PATCH', { now: '2028-02-29T00:00:00Z', frozen: true });
    expect(await clock('DELETE')).toEqual({ now: start, offsetSeconds: 0, frozen: false });
  });

  it('is back at its beginning after a reset', async () => {
    await clock('PATCH', { offsetSeconds: 86_400, frozen: true });
    kakao.emulator().reset();
    expect(await clock()).toEqual({ now: start, offsetSeconds: 0, frozen: false });
  });

  it('lets an access token expire after six hours and a refresh token after sixty days', async () => {
    const { access_token, refresh_token } = await kakao.tokens(people.plain);
    await advance(21_598);
    expect((await kakao.me(access_token)).status).toBe(200);
    await advance(1);
    expect((await kakao.me(access_token)).json['msg']).toBe('this access token is already expired');
    await advance(5_183_999 - 21_599);
    expect((await kakao.refresh(refresh_token)).json['error_code']).toBe('KOE322');
  });
});
