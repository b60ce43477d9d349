import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type AuthorizationOptions,
  accountLogoutUrl,
  authorizationUrl,
  CallbackError,
  createFlowSecrets,
  readCallback,
} from '@/lib/kakao/authorize';
import { approve, kakaoConfig, people, withLocalKakao } from '../../support/kakao';

const kakao = withLocalKakao();
const config = kakaoConfig('https://kauth.kakao.com');
const state = 'the-state-of-this-flow';

/** Why a callback is refused. */
function refusal(
  query: string | [string, string][] | URLSearchParams,
  of = config,
  expected = state,
): string {
  try {
    return `a code: ${readCallback(of, new URLSearchParams(query), expected)}`;
  } catch (error) {
    return error instanceof CallbackError ? error.code : String(error);
  }
}

describe('a callback is invalid', () => {
  it.each([
    ['without a state', 'code=c'],
    ['with another state', 'code=c&state=another'],
    ['with an empty state', 'code=c&state='],
    ['with two states', `code=c&state=${state}&state=another`],
    ['with the state twice', `code=c&state=${state}&state=${state}`],
    ['with two codes', `code=c&code=d&state=${state}`],
    ['without a code', `state=${state}`],
    ['with an empty code', `code=&state=${state}`],
    ['with a token of the implicit flow', `id_token=t&code=c&state=${state}`],
    ['with an error and no state', 'error=access_denied'],
    ['with an error and another state', 'error=access_denied&state=another'],
    ['from another issuer', `code=c&state=${state}&iss=https://evil.example`],
  ])('%s', (_, query) => {
    expect(refusal(query)).toBe('invalid');
  });
});

describe('a refusal by Kakao', () => {
  it.each([
    ['access_denied', 'User denied access', 'cancelled'],
    ['access_denied', '', 'cancelled'],
    ['access_denied', 'Not allowed under age 14', 'under_14'],
    ['login_required', 'user authentication required.', 'not_silent'],
    ['consent_required', 'no', 'not_silent'],
    ['interaction_required', 'no', 'not_silent'],
    ['server_error', 'no', 'unavailable'],
    ['temporarily_unavailable', 'no', 'unavailable'],
    ['invalid_scope', 'invalid_scope:foo', 'misconfigured'],
    ['unauthorized_client', 'no', 'misconfigured'],
    ['something_new', 'no', 'refused'],
  ])('%s (%s) is %s', (error, error_description, kind) => {
    expect(refusal([...Object.entries({ error, error_description, state })])).toBe(kind);
  });

  it('wins over a code that came with it', () => {
    expect(refusal(`error=access_denied&code=c&state=${state}`)).toBe('cancelled');
  });

  it('comes from the local Kakao in the same words', async () => {
    const own = kakao.config();
    const flow = createFlowSecrets();
    const cancelled = await approve(authorizationUrl(own, flow), people.plain, 'cancel');
    expect(refusal(cancelled, own, flow.state)).toBe('cancelled');
    const child = await approve(authorizationUrl(own, flow), people.child);
    expect(refusal(child, own, flow.state)).toBe('under_14');
  });
});

describe('a good callback', () => {
  it('gives its code', () => {
    const code = readCallback(config, new URLSearchParams({ code: 'c', state }), state);
    expect(code.get('code')).toBe('c');
  });
});

describe('the secrets of a flow', () => {
  it('are 32 random bytes each and never the same', () => {
    const values = [createFlowSecrets(), createFlowSecrets()].flatMap((flow) => Object.values(flow));
    expect(new Set(values).size).toBe(6);
    for (const value of values) expect(Buffer.from(value, 'base64url')).toHaveLength(32);
  });
});

describe('the address of the authorize page', () => {
  const flow = createFlowSecrets();
  const query = async (changes = {}, options: AuthorizationOptions = {}) => {
    const kakao = kakaoConfig('https://kauth.kakao.com', changes);
    const url = new URL(authorizationUrl(kakao, flow, options));
    expect(url.origin + url.pathname).toBe('https://kauth.kakao.com/oauth/authorize');
    return Object.fromEntries(url.searchParams);
  };

  it('has state, nonce and the challenge of the verifier, never the verifier itself or a secret', async () => {
    expect(await query()).toEqual({
      client_id: config.clientId,
      redirect_uri: 'http://localhost:3000/login/callback',
      response_type: 'code',
      state: flow.state,
      nonce: flow.nonce,
      code_challenge: createHash('sha256').update(flow.codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
  });

  it('has scope and prompt only when they are set', async () => {
    const asked = await query({ scope: 'openid account_email' }, { prompt: 'select_account' });
    expect(asked).toMatchObject({ scope: 'openid account_email', prompt: 'select_account' });
  });

  it('asks for further consent items beside those of every login, openid among them', async () => {
    const further = { scope: ['talk_message', 'account_email'] };
    expect((await query({}, further))['scope']).toBe('talk_message account_email');
    const asked = await query({ scope: 'openid account_email' }, further);
    expect(asked['scope']).toBe('openid account_email talk_message');
  });
});

it('the address that logs out of the Kakao Account leads back to our login page', () => {
  const url = new URL(accountLogoutUrl(config, 'some state&'));
  expect(url.origin + url.pathname).toBe('https://kauth.kakao.com/oauth/logout');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: config.clientId,
    logout_redirect_uri: 'http://localhost:3000/login',
    state: 'some state&',
  });
});
