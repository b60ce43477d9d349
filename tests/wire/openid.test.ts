import { kakaoOf } from '../stack/kakao';
import { startStack } from '../stack/servers';
import { Visitor } from '../stack/visitor';
import { errorOf } from './support/page';
import { expect, test } from './support/test';

test('with openid among the consent items, a login without an ID token is an error and one with it is not', async () => {
  const { stack, stop } = await startStack({ KAKAO_SCOPE: 'openid,profile_nickname' });
  try {
    const kakao = kakaoOf(stack);
    const person = await kakao.addPerson();
    const visitor = new Visitor(stack);
    const flow = await visitor.begin();
    expect(new URL(flow.authorizeUrl).searchParams.get('scope')).toBe('openid profile_nickname');

    await kakao.fault('/oauth/token', { idToken: { omit: true } });
    const refused = await visitor.send(await visitor.agree(flow, person.id));
    expect(errorOf(refused)).toBe('unexpected');
    expect(await visitor.whoAmI()).toBeNull();

    await visitor.logIn(person.id);
    expect(await visitor.whoAmI()).toBe(person.id);
  } finally {
    await stop();
  }
});
