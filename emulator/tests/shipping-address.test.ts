import { describe, expect, it } from 'vitest';
import { people, useKakao } from './kakao.ts';

const kakao = useKakao();

const enable = () => kakao.patchApp({ consentItems: { shipping_address: 'optional' } });
const addresses = async (user: string, query = '', more = {}) =>
  kakao.api('GET', `/v1/user/shipping_address${query}`, (await kakao.tokens(user, more))['access_token']);
const idsOf = (json: Record<string, unknown>) =>
  (json['shipping_addresses'] as { id: number }[]).map(({ id }) => id);

describe('shipping addresses are refused', () => {
  it('to an app that does not use the consent item', async () => {
    const { status, json } = await addresses(people.plain);
    expect([status, json['code']]).toEqual([403, -3]);
  });

  it('without consent, telling that it would help', async () => {
    await enable();
    expect((await addresses(people.plain, '', { scopes: ['profile_nickname'] })).json).toEqual({
      user_id: 3900000001,
      shipping_addresses_needs_agreement: true,
    });
  });

  it('without consent with -402 where the setting says so, with the scopes that are missing and there', async () => {
    await enable();
    await kakao.client.settings.change({ missingConsent: 'error' });
    const { status, json } = await addresses(people.plain, '', { scopes: ['profile_nickname'] });
    expect([status, json]).toEqual([
      403,
      {
        msg: 'insufficient scopes.',
        code: -402,
        required_scopes: ['shipping_address'],
        allowed_scopes: ['profile_nickname'],
      },
    ]);
  });

  it.each(['?page_size=1', '?page_size=ten', '?from_updated_at=-1', '?address_id=a'])(
    'for the query %s',
    async (query) => {
      await enable();
      const { status, json } = await addresses(people.plain, query);
      expect([status, json['code']]).toEqual([400, -2]);
    },
  );

  it('by POST', async () => {
    const { access_token } = await kakao.tokens(people.plain);
    expect((await kakao.api('POST', '/v1/user/shipping_address', access_token)).status).toBe(405);
  });
});

describe('shipping addresses', () => {
  it('of an account that has none are absent, without offering consent', async () => {
    await enable();
    expect((await addresses(people.noEmail)).json).toEqual({
      user_id: 3900000004,
      shipping_addresses_needs_agreement: false,
    });
  });

  it('have every documented field', async () => {
    await enable();
    expect((await addresses(people.linked, '', { scopes: ['shipping_address'] })).json).toEqual({
      user_id: 3900000002,
      shipping_addresses_needs_agreement: false,
      shipping_addresses: [
        {
          id: 401,
          name: '집',
          is_default: true,
          updated_at: 1767225600,
          type: 'OLD',
          base_address: '경기 성남시 분당구 판교역로 1',
          detail_address: '101호',
          receiver_name: '김새벽',
          receiver_phone_number1: '010-0000-0000',
          receiver_phone_number2: '',
          zone_number: '',
          zip_code: '463-400',
        },
      ],
    });
  });

  it('begin with the default one, then the newest', async () => {
    await enable();
    expect(idsOf((await addresses(people.plain)).json)).toEqual([319, 320, 318]);
    expect(idsOf((await addresses(people.plain, '?from_updated_at=0')).json)).toEqual([319, 320, 318]);
  });

  it('come in pages, each from where the last one ended', async () => {
    await enable();
    const { json } = await addresses(people.plain, '?page_size=2');
    expect(idsOf(json)).toEqual([319, 320]);
    const [, last] = json['shipping_addresses'] as { updated_at: number }[];
    const next = await addresses(people.plain, `?page_size=2&from_updated_at=${last?.updated_at}`);
    expect(idsOf(next.json)).toEqual([318]);
  });

  it('can be asked for by id, and by admin key', async () => {
    await enable();
    expect(idsOf((await addresses(people.plain, '?address_id=318')).json)).toEqual([318]);
    expect(idsOf((await addresses(people.plain, '?address_id=1')).json)).toEqual([]);
    const { json } = await kakao.admin('GET', '/v1/user/shipping_address', {
      target_id_type: 'user_id',
      target_id: people.plain,
      page_size: '2',
    });
    expect(idsOf(json)).toEqual([319, 320]);
  });

  it('are the ten newest, the default one included, unless more are asked for', async () => {
    await enable();
    const shippingAddresses = Array.from({ length: 12 }, (_, at) => ({ updatedAt: 1_000 + at }));
    await kakao.client.users.change(people.plain, { shippingAddresses });
    expect(idsOf((await addresses(people.plain)).json)).toEqual([1, 12, 11, 10, 9, 8, 7, 6, 5, 4]);
    expect(idsOf((await addresses(people.plain, '?page_size=20')).json)).toHaveLength(12);
  });
});

describe('the control API refuses', () => {
  it.each([[[{ street: 'x' }]], [[{ id: 0 }]], ['home'], [[{ type: 'ROAD' }]]])(
    'the addresses %j',
    async (shippingAddresses) => {
      const { status, json } = await kakao.control('PATCH', `users/${people.plain}`, { shippingAddresses });
      expect([status, json['field']]).toEqual([400, 'shippingAddresses']);
    },
  );
});
