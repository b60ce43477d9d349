import { beforeEach, describe, expect, it } from 'vitest';
import { form, people, redirectedTo, second, send, useKakao } from './kakao.ts';

const kakao = useKakao();

const term = (tag: string, required: boolean) => ({ tag, title: { ko: `약관 ${tag}`, en: tag }, required });
const terms = [term('tos', true), term('privacy', true), term('marketing', false)];
const target = { target_id_type: 'user_id', target_id: people.plain };

beforeEach(() => kakao.patchApp({ kakaoSync: true, serviceTerms: terms }));

const pick = (user: string, query = {}) => send(kakao.authorizeUrl(query), form({ user }));
const termsOn = (page: string) => [...page.matchAll(/name="term" value="(\w+)"/g)].map((match) => match[1]);
/** Presses "agree" with these terms ticked, and all items. */
const agree = (user: string, tags: string[], query = {}) =>
  send(
    kakao.authorizeUrl(query),
    form([
      ['user', user],
      ['decision', 'agree'],
      ['item', 'profile_nickname'],
      ...tags.map((tag): [string, string] => ['term', tag]),
    ]),
  );
const tokenFrom = async (answer: Awaited<ReturnType<typeof send>>) =>
  (await kakao.exchange(redirectedTo(answer).searchParams.get('code') ?? '')).json['access_token'];
const tokenOf = async (user: string, more = {}) => (await kakao.tokens(user, more))['access_token'];
const list = async (token: unknown, query = '') =>
  (await kakao.api('GET', `/v2/user/service_terms${query}`, token)).json;
const tags = (json: Record<string, unknown>, member = 'service_terms') =>
  (json[member] as { tag: string }[]).map(({ tag }) => tag);

describe('the consent page refuses', () => {
  it('to go on without a required term (KOE203)', async () => {
    const answer = await agree(people.plain, ['tos', 'marketing']);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('(KOE203)');
    expect(answer.text).toContain('the required service term privacy');
  });

  it('service_terms of an app without Kakao Sync, or with a tag that it does not have (KOE204)', async () => {
    const unknown = await send(kakao.authorizeUrl({ service_terms: 'tos,gone' }), {
      headers: { 'accept-language': 'en' },
    });
    expect(unknown.text).toContain('(KOE204)');
    expect(unknown.text).toContain('no service term with the tag gone');
    await kakao.patchApp({ kakaoSync: false });
    expect((await send(kakao.authorizeUrl({ service_terms: 'tos' }))).text).toContain('(KOE204)');
  });

  it('terms of an app without Kakao Sync to be agreed to', async () => {
    await kakao.patchApp({ kakaoSync: false });
    expect(termsOn((await pick(people.plain)).text)).toEqual([]);
    const token = await tokenFrom(await agree(people.plain, ['tos']));
    await kakao.patchApp({ kakaoSync: true });
    expect(tags(await list(token))).toEqual([]);
  });
});

describe('the consent page of Kakao Sync', () => {
  it('has a section of terms with badges before the items, and headings in both languages', async () => {
    const { text } = await pick(people.plain);
    expect(termsOn(text)).toEqual(['tos', 'privacy', 'marketing']);
    expect(text.match(/>필수</g)).toHaveLength(3);
    for (const heading of ['서비스 약관', '제공할 정보', '약관 tos']) expect(text).toContain(heading);
    expect(text.indexOf('name="term"')).toBeLessThan(text.indexOf('name="item"'));
    const init = { ...form({ user: people.plain }), headers: { 'accept-language': 'en' } };
    expect((await send(kakao.authorizeUrl(), init)).text).toContain('<h2>Service terms</h2>');
  });

  it('shows only the terms that are named', async () => {
    expect(termsOn((await pick(people.plain, { service_terms: 'marketing,tos' })).text)).toEqual([
      'tos',
      'marketing',
    ]);
  });

  it('writes titles and tags of the app as text', async () => {
    await kakao.patchApp({
      serviceTerms: [{ tag: '"><script>', title: { ko: '<b>약관', en: 'x' }, required: false }],
    });
    const { text } = await pick(people.plain);
    expect(text).toContain('value="&quot;&gt;&lt;script&gt;"');
    expect(text).toContain('&lt;b&gt;약관');
  });

  it('records what was agreed to, with time and place, and that the user came by Kakao Sync', async () => {
    const answer = await agree(people.plain, ['tos', 'privacy']);
    kakao.wait(60);
    const token = await tokenFrom(answer);
    expect(await list(token)).toEqual({
      id: 3900000001,
      service_terms: ['tos', 'privacy'].map((tag) => ({
        tag,
        required: true,
        agreed: true,
        revocable: false,
        agreed_at: '2026-03-02T04:12:52Z',
        agreed_by: 'KAUTH',
      })),
    });
    expect((await kakao.me(token)).json['synched_at']).toBe('2026-03-02T04:12:52Z');
    const fields = { target_id_type: 'user_id', target_ids: `[${people.plain}]` };
    const several = await kakao.admin('GET', '/v2/app/users', fields);
    expect(several.text).toContain('"synched_at":"2026-03-02T04:12:52Z"');
  });

  it('agrees to all terms by "agree to all", except those that the person declines', async () => {
    await kakao.client.users.change(people.plain, { declines: ['marketing'] });
    const token = await tokenFrom(
      await send(kakao.authorizeUrl(), form({ user: people.plain, decision: 'agree_all' })),
    );
    expect(tags(await list(token))).toEqual(['tos', 'privacy']);
  });

  it('is shown to a linked user only for terms not agreed to, with a required one among those named', async () => {
    expect((await pick(people.linked)).status).toBe(302);
    expect((await pick(people.linked, { service_terms: 'marketing' })).status).toBe(302);
    const page = await pick(people.linked, { service_terms: 'tos,marketing' });
    expect(termsOn(page.text)).toEqual(['tos', 'marketing']);
    const before = (await kakao.me(await tokenOf(people.linked))).json;
    expect(before).not.toHaveProperty('synched_at');
    const token = await tokenFrom(await agree(people.linked, ['tos'], { service_terms: 'tos,marketing' }));
    expect((await kakao.me(token)).json).toHaveProperty('synched_at');
    const again = await pick(people.linked, { service_terms: 'tos,marketing' });
    expect(termsOn(again.text)).toEqual(['marketing']);
    expect((await pick(people.linked, { service_terms: 'tos' })).status).toBe(302);
  });

  it('is consent_required with prompt=none when terms are open', async () => {
    const { headers } = await pick(people.linked);
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    const silently = (query: Record<string, string>) =>
      send(kakao.authorizeUrl({ prompt: 'none', ...query }), { headers: { cookie } });
    expect(redirectedTo(await silently({})).searchParams.has('code')).toBe(true);
    const open = redirectedTo(await silently({ service_terms: 'tos' }));
    expect(open.searchParams.get('error')).toBe('consent_required');
  });

  it('can be passed by a standing order, with all terms or those it names', async () => {
    await kakao.client.autoApprove.add({ userId: people.plain });
    expect(tags(await list(await tokenFrom(await send(kakao.authorizeUrl()))))).toHaveLength(3);
    await kakao.client.autoApprove.add({ userId: people.noEmail, terms: ['tos', 'privacy'] });
    const token = await tokenFrom(await send(kakao.authorizeUrl()));
    expect(tags(await list(token))).toEqual(['tos', 'privacy']);
  });
});

describe('the terms APIs refuse', () => {
  const calls = [
    ['GET', '/v2/user/service_terms'],
    ['POST', '/v2/user/revoke/service_terms'],
    ['POST', '/v2/user/upgrade/service_terms'],
  ] as const;
  const call = async (method: string, path: string, token: unknown, tags: string) =>
    method === 'GET'
      ? kakao.api(method, `${path}?tags=${tags}`, token)
      : kakao.api(method, path, token, { tags });

  it.each(calls)('%s %s of an app without Kakao Sync: -3', async (method, path) => {
    const token = await tokenOf(people.plain);
    await kakao.patchApp({ kakaoSync: false });
    const { status, json } = await call(method, path, token, 'tos');
    expect([status, json['code']]).toEqual([403, -3]);
  });

  it.each(calls)('%s %s for tags that the app does not have: -2', async (method, path) => {
    const { status, json } = await call(method, path, await tokenOf(people.plain), 'test,gone');
    expect([status, json]).toEqual([
      400,
      {
        msg: 'There is no tags to get service terms. check out to configured this tags([test, gone]) in app(Demo Service).',
        code: -2,
      },
    ]);
  });

  it.each(calls)('%s %s without a token: -401', async (method, path) => {
    expect((await call(method, path, '', 'tos')).status).toBe(401);
  });

  it.each(calls)('%s %s by another method', async (method, path) => {
    const other = method === 'GET' ? 'POST' : 'GET';
    expect((await kakao.api(other, path, await tokenOf(people.plain))).status).toBe(405);
  });

  it('an unknown result, and a change without tags', async () => {
    const token = await tokenOf(people.plain);
    expect((await list(token, '?result=all'))['code']).toBe(-2);
    for (const verb of ['revoke', 'upgrade']) {
      const { json } = await kakao.api('POST', `/v2/user/${verb}/service_terms`, token, { tags: ' , ' });
      expect(json['code']).toBe(-2);
    }
  });
});

describe('the terms APIs', () => {
  const change = async (verb: string, token: unknown, tags: string) =>
    (await kakao.api('POST', `/v2/user/${verb}/service_terms`, token, { tags })).json;

  it('list all terms of the app, those not agreed to without time', async () => {
    const token = await tokenOf(people.plain, { terms: ['tos'] });
    const json = await list(token, '?result=app_service_terms&tags=tos,marketing');
    expect(json['service_terms']).toEqual([
      {
        tag: 'tos',
        required: true,
        agreed: true,
        revocable: false,
        agreed_at: '2026-03-02T04:11:52Z',
        agreed_by: 'KAUTH',
      },
      { tag: 'marketing', required: false, agreed: false, revocable: false },
    ]);
    expect(tags(await list(token, '?tags=marketing'))).toEqual([]);
  });

  it('revoke what is optional and agreed to, and leave out the rest', async () => {
    const token = await tokenOf(people.plain);
    expect(await change('revoke', token, 'tos,marketing,unknown')).toEqual({
      id: 3900000001,
      revoked_service_terms: [{ tag: 'marketing', agreed: false }],
    });
    expect(await change('revoke', token, 'marketing')).toMatchObject({ revoked_service_terms: [] });
    expect(tags(await list(token))).toEqual(['tos', 'privacy']);
  });

  it('upgrade what is not agreed to yet, by the API', async () => {
    const token = await tokenOf(people.plain, { terms: ['tos'] });
    kakao.wait(3600);
    expect(await change('upgrade', token, 'tos,marketing,unknown')).toEqual({
      id: 3900000001,
      agreed_service_terms: [
        { tag: 'marketing', agreed: true, agreed_at: '2026-03-02T05:11:52Z', agreed_by: 'KAPI' },
      ],
    });
    expect(tags(await list(token))).toEqual(['tos', 'marketing']);
    expect(await change('upgrade', token, 'tos')).toMatchObject({ agreed_service_terms: [] });
  });

  it('answer the admin key as well', async () => {
    await tokenOf(people.plain);
    const { json } = await kakao.admin('GET', '/v2/user/service_terms', target);
    expect(tags(json)).toEqual(['tos', 'privacy', 'marketing']);
    const fields = { ...target, tags: 'marketing' };
    const revoked = await kakao.admin('POST', '/v2/user/revoke/service_terms', fields);
    expect(tags(revoked.json, 'revoked_service_terms')).toEqual(['marketing']);
    const upgraded = await kakao.admin('POST', '/v2/user/upgrade/service_terms', fields);
    expect(tags(upgraded.json, 'agreed_service_terms')).toEqual(['marketing']);
  });

  it('forget everything with unlink', async () => {
    await kakao.api('POST', '/v1/user/unlink', await tokenOf(people.plain));
    expect(tags(await list(await tokenOf(people.plain, { terms: [] })))).toEqual([]);
  });
});

describe('the control API', () => {
  it('refuses tokens with a term that the app does not have', async () => {
    const refused = await kakao.control('POST', 'tokens', { userId: people.plain, terms: ['gone'] });
    expect([refused.status, refused.json['field']]).toEqual([400, 'terms']);
    const elsewhere = { userId: people.plain, terms: ['tos'], clientId: second.client_id };
    expect((await kakao.control('POST', 'tokens', elsewhere)).status).toBe(400);
  });
});
