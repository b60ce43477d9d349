import { describe, expect, it } from 'vitest';
import { fetchAccessTokenInfo } from '@/lib/kakao/token-info';
import { answerJson, withServers } from '../../support/http-server';
import { app, kakaoConfig, otherClientId, people, soon, withLocalKakao } from '../../support/kakao';

const kakao = withLocalKakao();
const start = withServers();

describe('token information is refused', () => {
  it('for a token that Kakao does not know, and for one that cannot be Kakao’s', async () => {
    const unknown = fetchAccessTokenInfo(kakao.config(), 'emu_unknown', soon());
    await expect(unknown).rejects.toMatchObject({ code: 'token_unknown' });
    const malformed = fetchAccessTokenInfo(kakao.config(), 'with.dots', soon());
    await expect(malformed).rejects.toMatchObject({ code: 'token_malformed' });
  });

  it.each([
    '{"id":7}',
    '{"id":7,"app_id":null}',
    '{"id":7,"app_id":0}',
    '{"id":7,"app_id":-1}',
    '{"id":7,"app_id":1.0}',
    '{"id":7,"app_id":"1234567"}',
    '{"app_id":1234567,"app_id":7654321}',
    '[]',
    '<html>',
  ])('when Kakao does not say which app it is of: %s', async (body) => {
    const server = await start(answerJson(body));
    const asked = fetchAccessTokenInfo(kakaoConfig(server.url), 'token', soon());
    await expect(asked).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('token information', () => {
  it('names the app and the person exactly', async () => {
    const token = await kakao.accessToken(people.exact);
    const info = await fetchAccessTokenInfo(kakao.config(), token, soon());
    expect(info).toEqual({ userId: people.exact, appId: app.appId });
  });

  it('names another app for its token', async () => {
    const token = await kakao.accessToken(people.plain, { clientId: otherClientId });
    expect((await fetchAccessTokenInfo(kakao.config(), token, soon())).appId).toBe('7654321');
  });

  it('has no person when the id is unusable', async () => {
    const server = await start(answerJson('{"id":0,"app_id":1234567}'));
    const info = await fetchAccessTokenInfo(kakaoConfig(server.url), 'token', soon());
    expect(info).toEqual({ userId: null, appId: '1234567' });
  });
});
