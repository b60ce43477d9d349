import { describe, expect, it } from 'vitest';
import { callback, form, people, redirectedTo, send, useKakao } from './kakao.ts';

const kakao = useKakao();

const pick = (user: string, query = {}) => send(kakao.authorizeUrl(query), form({ user }));

/** Presses a button of the consent page with these items ticked; the scope finally granted. */
async function grantedScope(user: string, items: string[], query = {}, decision = 'agree') {
  const ticked = items.map((item): [string, string] => ['item', item]);
  const answer = await send(
    kakao.authorizeUrl(query),
    form([['user', user], ['decision', decision], ...ticked]),
  );
  const { json } = await kakao.exchange(redirectedTo(answer).searchParams.get('code') ?? '');
  return json['scope'];
}

const itemsOn = (page: string) => [...page.matchAll(/name="item" value="(\w+)"/g)].map((match) => match[1]);

describe('the consent page refuses', () => {
  it('a user under 14, before showing anything', async () => {
    const answer = await pick(people.child, { state: 's' });
    expect(answer.headers.get('location')).toBe(
      `${callback}?error=access_denied&error_description=Not%20allowed%20under%20age%2014&state=s`,
    );
  });

  it('to go on without a required item (KOE203)', async () => {
    const answer = await send(
      kakao.authorizeUrl(),
      form({ user: people.plain, decision: 'agree', item: 'account_email' }),
    );
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('(KOE203)');
  });

  it('items that the app did not ask for', async () => {
    expect(await grantedScope(people.plain, ['profile_nickname', 'gender', 'phone_number'])).toBe(
      'profile_nickname openid',
    );
  });

  it('to link anybody who only pressed agree: the code has to be exchanged', async () => {
    await kakao.login(people.plain);
    const { json } = await kakao.admin('GET', '/v2/user/me', {
      target_id_type: 'user_id',
      target_id: people.plain,
    });
    expect(json['code']).toBe(-101);
  });

  it('nothing else than cancelling by cancel', async () => {
    const to = redirectedTo(
      await send(kakao.authorizeUrl(), form({ user: people.plain, decision: 'cancel' })),
    );
    expect(to.searchParams.get('error_description')).toBe('User denied access');
  });
});

describe('the consent page', () => {
  it('lists required and optional items with badges, and not those that are off', async () => {
    const { text } = await pick(people.plain);
    expect(itemsOn(text)).toEqual(['profile_nickname', 'profile_image', 'account_email']);
    expect(text.match(/>필수</g)).toHaveLength(1);
    expect(text.match(/>선택</g)).toHaveLength(2);
    for (const button of ['전체 동의', '동의하고 계속하기', '취소'])
      expect(text).toContain(`>${button}</button>`);
  });

  it('speaks English', async () => {
    const init = { ...form({ user: people.plain }), headers: { 'accept-language': 'en-GB' } };
    const { text } = await send(kakao.authorizeUrl(), init);
    for (const button of ['Agree to all', 'Accept and continue', 'Cancel'])
      expect(text).toContain(`>${button}</button>`);
  });

  it('grants what was ticked', async () => {
    expect(await grantedScope(people.plain, ['profile_nickname', 'account_email'])).toBe(
      'profile_nickname account_email openid',
    );
  });

  it('grants everything on "agree to all", except what the person always declines', async () => {
    expect(await grantedScope(people.declinesEmail, [], {}, 'agree_all')).toBe(
      'profile_nickname profile_image openid',
    );
  });

  it('shows items "during use" only when they are named', async () => {
    await kakao.patchApp({ consentItems: { birthday: 'during_use' } });
    expect(itemsOn((await pick(people.plain)).text)).not.toContain('birthday');
    expect(itemsOn((await pick(people.plain, { scope: 'birthday' })).text)).toContain('birthday');
  });

  it('lets a person under 14 on where the app allows it', async () => {
    await kakao.patchApp({ under14Allowed: true });
    expect((await pick(people.child)).status).toBe(200);
  });

  it('may be posted to by a form that ends at the app, and may not be framed', async () => {
    const policy = (await pick(people.plain)).headers.get('content-security-policy');
    expect(policy).toContain("form-action 'self' http: https:");
    expect(policy).toContain("frame-ancestors 'none'");
  });
});

describe('additional consent', () => {
  it('lists only named items that are not agreed to yet', async () => {
    await kakao.patchApp({ consentItems: { gender: 'optional', birthday: 'optional' } });
    const { text } = await pick(people.linked, { scope: 'account_email,gender' });
    expect(itemsOn(text)).toEqual(['gender']);
  });

  it('gives a code at once when nothing is left to ask', async () => {
    const answer = await pick(people.linked, { scope: 'account_email profile_nickname' });
    expect(redirectedTo(answer).searchParams.get('code')).toMatch(/^emu_/);
  });

  it('adds to what was agreed before', async () => {
    await kakao.patchApp({ consentItems: { gender: 'optional' } });
    expect(await grantedScope(people.linked, ['gender'], { scope: 'gender' })).toBe(
      'profile_nickname profile_image account_email gender openid',
    );
  });

  it('is not shown for items added to the app later unless they are named', async () => {
    await kakao.patchApp({ consentItems: { gender: 'required' } });
    expect((await pick(people.linked)).status).toBe(302);
  });

  it('brings no ID token unless openid is named', async () => {
    const without = await kakao.exchange(await kakao.login(people.linked, { scope: 'account_email' }));
    expect(without.json).not.toHaveProperty('id_token');
    const withOpenid = await kakao.exchange(
      await kakao.login(people.linked, { scope: 'account_email,openid' }),
    );
    expect(withOpenid.json).toHaveProperty('id_token');
  });
});
