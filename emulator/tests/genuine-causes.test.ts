import { describe, expect, it } from 'vitest';
import { type Answer, adminKey, challengeOf, first, form, people, second, send, useKakao } from './kakao.ts';

const kakao = useKakao();

const ask = (query: Record<string, string>) => send(kakao.authorizeUrl(query));
const code = () => kakao.login(people.plain);
const logout = (query: Record<string, string>) =>
  send(kakao.url(`/oauth/logout?${new URLSearchParams({ client_id: first.client_id, ...query })}`));

/** How each code of kauth comes about without any fault. */
const kauth: Record<string, () => Promise<Answer>> = {
  KOE001: () => send(`${kakao.authorizeUrl()}&scope=a&scope=b`),
  KOE004: async () => {
    await kakao.patchApp({ loginEnabled: false });
    return ask({});
  },
  KOE005: async () => {
    await kakao.patchApp({ type: 'test' });
    return send(kakao.authorizeUrl(), form({ user: people.plain }));
  },
  KOE006: () => ask({ redirect_uri: 'http://localhost:3000/' }),
  KOE007: () => logout({ logout_redirect_uri: 'http://localhost:3000/' }),
  KOE008: () => ask({ client_id: '1d0ca1a11ec0ffee5eed0000cafe0031' }),
  KOE009: async () => kakao.exchange(await code(), { client_id: '1d0ca1a11ec0ffee5eed0000cafe0031' }),
  KOE010: async () => kakao.exchange(await code(), { client_secret: 'wrong' }),
  KOE101: () => ask({ client_id: adminKey }),
  KOE102: () => ask({ channel_public_id: '_none' }),
  KOE114: async () => kakao.exchange(await code(), second),
  KOE125: async () => {
    await kakao.patchApp({ sanctioned: true });
    return ask({});
  },
  KOE127: async () => {
    await kakao.patchApp({ allowedIps: ['203.0.113.7'] });
    return kakao.exchange(await code());
  },
  KOE201: () => ask({ response_type: 'id_token' }),
  KOE202: () => ask({ response_type: 'token' }),
  KOE203: () => send(kakao.authorizeUrl(), form({ user: people.plain, decision: 'agree' })),
  KOE204: () => ask({ prompt: 'shout' }),
  KOE205: () => ask({ scope: 'gender' }),
  KOE207: () => ask({ response_type: '' }),
  KOE237: async () => {
    await kakao.client.settings.change({ tokenRateLimit: true });
    for (let i = 0; i < 20; i += 1) await kakao.exchange(await code());
    return kakao.exchange(await code());
  },
  KOE303: async () => kakao.exchange(await code(), { redirect_uri: 'http://localhost:3000/' }),
  KOE310: () => kakao.token({ ...first, grant_type: 'password' }),
  KOE313: async () => {
    const pkce = { code_challenge: challengeOf('v'.repeat(43)), code_challenge_method: 'S256' };
    return kakao.exchange(await kakao.login(people.plain, pkce));
  },
  KOE319: () => kakao.token({ ...first, grant_type: 'refresh_token' }),
  KOE320: () => kakao.exchange('never-issued'),
  KOE322: () => kakao.refresh('never-issued'),
  KOE400: () => send(kakao.url('/oauth/tokeninfo'), form({ id_token: 'x.y.z' })),
};

describe('without any fault', () => {
  it.each(Object.entries(kauth))('%s comes about', async (name, provoke) => {
    const { status, text, json } = await provoke();
    expect([status, json['error_code'] ?? /\((KOE\d+)\)<\/h1>/.exec(text)?.[1]]).toEqual([
      ['KOE010'].includes(name) ? 401 : 400,
      name,
    ]);
    const inspector = await send(kakao.url('/__emulator/inspector'));
    const [, shown] = /<span class="verdict">([^<]*)<\/span>/.exec(inspector.text) ?? [];
    expect(shown, 'in Korean').toMatch(/[가-힣]/);
    const told = (await kakao.client.requests.list()).at(-1)?.verdict;
    expect(told, 'in English').toMatch(/^[^가-힣]+$/);
  });

  it('every code comes about but those that have no cause here', async () => {
    const { json } = await kakao.control('GET', 'scenarios');
    const names = (json['scenarios'] as { name: string }[]).map(({ name }) => name);
    const missing = names.filter((name) => name.startsWith('KOE') && !(name in kauth));
    expect(missing).toEqual(['KOE002', 'KOE003', 'KOE023', 'KOE126']);
  });
});
