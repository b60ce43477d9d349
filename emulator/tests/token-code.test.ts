import { describe, expect, it } from 'vitest';
import { callback, challengeOf, first, people, second, useKakao } from './kakao.ts';

const kakao = useKakao();

const refusal = (error: string, error_code: string, error_description: string) => ({
  error,
  error_description,
  error_code,
});

describe('the token endpoint refuses', () => {
  it('an unknown grant type: KOE310', async () => {
    const { status, json } = await kakao.token({ ...first, grant_type: 'password' });
    expect([status, json['error_code']]).toEqual([400, 'KOE310']);
  });

  it('credentials in HTTP Basic, which Kakao does not read: KOE101 [null]', async () => {
    const basic = Buffer.from(`${first.client_id}:${first.client_secret}`).toString('base64');
    const fields = { grant_type: 'authorization_code', code: 'x', redirect_uri: callback };
    const answer = await kakao.token(fields, { headers: { authorization: `Basic ${basic}` } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBeTruthy();
    expect(answer.json).toEqual(refusal('invalid_client', 'KOE101', 'Not exist client_id [null]'));
  });

  it('an unknown client: KOE101 with its id', async () => {
    const { json } = await kakao.exchange('x', { client_id: 'nobody' });
    expect(json['error_description']).toBe('Not exist client_id [nobody]');
  });

  it.each(['', 'wrong', second.client_secret])('the client secret "%s": KOE010', async (client_secret) => {
    const { status, json } = await kakao.exchange(await kakao.login(people.plain), { client_secret });
    expect(status).toBe(401);
    expect(json).toEqual(refusal('invalid_client', 'KOE010', 'Bad client credentials'));
  });

  it('a code that never was: KOE320, echoing it', async () => {
    const { status, json } = await kakao.exchange('made-up');
    expect(status).toBe(400);
    expect(json).toEqual(refusal('invalid_grant', 'KOE320', 'authorization code not found for code=made-up'));
  });

  it('a code that was used: KOE320', async () => {
    const code = await kakao.login(people.plain);
    expect((await kakao.exchange(code)).status).toBe(200);
    expect((await kakao.exchange(code)).json['error_code']).toBe('KOE320');
  });

  it('all but one of many at once with the same code', async () => {
    const code = await kakao.login(people.plain);
    const answers = await Promise.all(Array.from({ length: 8 }, () => kakao.exchange(code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('a code older than ten minutes: KOE320', async () => {
    const code = await kakao.login(people.plain);
    kakao.wait(600);
    expect((await kakao.exchange(code)).json['error_code']).toBe('KOE320');
  });

  it('a code of another app: KOE114, and leaves the code usable', async () => {
    const code = await kakao.login(people.plain);
    expect((await kakao.exchange(code, second)).json['error_code']).toBe('KOE114');
    expect((await kakao.exchange(code)).status).toBe(200);
  });

  it('a code for a Kakao Account that was deleted meanwhile: KOE320, and links nobody', async () => {
    const code = await kakao.login(people.plain);
    await kakao.client.users.remove(people.plain);
    await kakao.client.users.add({ id: people.plain });
    expect((await kakao.exchange(code)).json['error_code']).toBe('KOE320');
    const log = await kakao.client.requests.list({ code: 'KOE320' });
    expect(log).toMatchObject([{ verdict: 'the Kakao Account that the code is for was deleted' }]);
  });

  it.each([`${callback}/`, 'http://127.0.0.1:3000/login/callback', ''])(
    'the redirect URI "%s": KOE303',
    async (redirect_uri) => {
      const { json } = await kakao.exchange(await kakao.login(people.plain), { redirect_uri });
      expect(json).toEqual(refusal('invalid_grant', 'KOE303', 'Redirect URI mismatch.'));
    },
  );

  it('a wrong or missing PKCE verifier: KOE313', async () => {
    const pkce = { code_challenge: challengeOf('v'.repeat(43)), code_challenge_method: 'S256' };
    const code = await kakao.login(people.plain, pkce);
    expect((await kakao.exchange(code)).json['error_code']).toBe('KOE313');
    const wrong = await kakao.exchange(code, { code_verifier: 'w'.repeat(43) });
    expect(wrong.json['error_description']).toBe(
      'PKCE validation failed. transformed code verifier does not match code challenge.',
    );
    expect((await kakao.exchange(code, { code_verifier: 'v'.repeat(43) })).status).toBe(200);
  });

  it('a JSON body, which it does not read', async () => {
    const body = JSON.stringify({ grant_type: 'authorization_code', ...first });
    const answer = await kakao.token({}, { headers: { 'content-type': 'application/json' }, body });
    expect(answer.json['error_code']).toBe('KOE310');
  });

  it('a body of more than 256 KiB: 413', async () => {
    expect((await kakao.token({ code: 'x'.repeat(300 * 1024) })).status).toBe(413);
  });

  it('GET', async () => {
    expect((await fetch(kakao.url('/oauth/token'))).status).toBe(405);
  });

  it('more than 20 access tokens in 10 minutes for one user, once the rule is on: KOE237', async () => {
    await kakao.client.settings.change({ tokenRateLimit: true });
    for (let i = 0; i < 20; i += 1)
      expect((await kakao.exchange(await kakao.login(people.plain))).status).toBe(200);
    const code = await kakao.login(people.plain);
    expect((await kakao.exchange(code)).json).toEqual(
      refusal('invalid_request', 'KOE237', 'token request rate limit exceeded'),
    );
    expect((await kakao.exchange(await kakao.login(people.noEmail))).status).toBe(200);
    kakao.wait(599);
    expect((await kakao.exchange(code)).status).toBe(400);
    kakao.wait(1);
    expect((await kakao.exchange(await kakao.login(people.plain))).status).toBe(200);
  });

  it('the same after unlinking and linking again, and links nobody', async () => {
    await kakao.client.settings.change({ tokenRateLimit: true });
    for (let i = 0; i < 20; i += 1) {
      const { access_token } = (await kakao.exchange(await kakao.login(people.plain))).json;
      await kakao.api('POST', '/v1/user/unlink', access_token);
    }
    expect((await kakao.exchange(await kakao.login(people.plain))).json['error_code']).toBe('KOE237');
    const target = { target_id_type: 'user_id', target_id: people.plain };
    expect((await kakao.admin('GET', '/v2/user/me', target)).json['code']).toBe(-101);
  });

  it('no number of logins while the rule is off', async () => {
    for (let i = 0; i < 25; i += 1)
      expect((await kakao.exchange(await kakao.login(people.plain))).status).toBe(200);
  });
});

describe('the token response', () => {
  it('has the fields of a REST API key login in the order seen live', async () => {
    const { json, headers } = await kakao.exchange(await kakao.login(people.plain));
    expect(Object.keys(json)).toEqual(
      'access_token token_type refresh_token id_token expires_in scope refresh_token_expires_in'.split(' '),
    );
    expect(json).toMatchObject({
      token_type: 'bearer',
      expires_in: 21599,
      refresh_token_expires_in: 5183999,
    });
    expect(headers.get('content-type')).toBe('application/json;charset=UTF-8');
  });

  it('has opaque tokens shorter than 80 characters, where codes are longer', async () => {
    const code = await kakao.login(people.plain);
    const { json } = await kakao.exchange(code);
    for (const token of [json['access_token'], json['refresh_token']])
      expect(token).toMatch(/^emu_[\w-]{60}$/);
    expect(code).toMatch(/^emu_[\w-]{82}$/);
  });

  it('needs no secret while the secret is off', async () => {
    await kakao.patchApp({ clientSecretEnabled: false });
    expect((await kakao.exchange(await kakao.login(people.plain), { client_secret: '' })).status).toBe(200);
  });

  it('has neither ID token nor openid while OpenID Connect is off', async () => {
    await kakao.patchApp({ oidc: false });
    const { json } = await kakao.exchange(await kakao.login(people.plain));
    expect(json).not.toHaveProperty('id_token');
    expect(json['scope']).toBe('profile_nickname profile_image account_email');
  });

  it('has no scope when nothing was granted', async () => {
    await kakao.patchApp({ oidc: false });
    await kakao.client.users.change(people.plain, {
      declines: ['profile_nickname', 'profile_image', 'account_email'],
    });
    expect((await kakao.exchange(await kakao.login(people.plain))).json).not.toHaveProperty('scope');
  });
});
