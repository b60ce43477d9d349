import { describe } from 'vitest';
import { olderToken } from '../stack/forged-token';
import type { Kakao, Person } from '../stack/kakao';
import type { Stack } from '../stack/servers';
import { Visitor } from '../stack/visitor';
import { signInWith } from './support/api';
import { errorOf } from './support/page';
import { expect, test } from './support/test';

// Who may not come in or leave, asked at every entrance. docs/architecture.md names the one place of each rule.

const minute = 60_000;
const kakaoTalk = { 'user-agent': 'Mozilla/5.0 (Linux; Android 14) Chrome/141.0 Mobile;KAKAOTALK 2410810' };

interface Scene {
  readonly stack: Stack;
  readonly kakao: Kakao;
  readonly person: Person;
  readonly database: { readonly block: (kakaoId: string) => void };
}

/** A silent login, as if Kakao answered it with a code; the visitor, signed in or not. */
async function silently({
  stack,
  person,
}: Scene): Promise<{ readonly visitor: Visitor; readonly to: string }> {
  const visitor = new Visitor(stack, kakaoTalk);
  const begun = await visitor.send('/login/silent?page=login');
  const authorize = new URL(begun.headers.location ?? '');
  expect(authorize.searchParams.get('prompt')).toBe('none');
  // The local Kakao gives such a code only to whom it knows.
  authorize.searchParams.delete('prompt');
  const flow = { authorizeUrl: authorize.href, state: authorize.searchParams.get('state') ?? '' };
  const answer = await visitor.send(await visitor.agree(flow, person.id));
  return { visitor, to: answer.headers.location ?? '' };
}

async function byToken({ stack, kakao, person }: Scene, query = ''): Promise<string> {
  const { access_token } = await kakao.tokens(person.id);
  const answer = await signInWith(stack, `Bearer ${access_token}`, {}, query);
  return answer.status === 200 ? 'in' : `${answer.status} ${answer.json()['message']}`;
}

/** How each entrance answers: `in`, or its refusal. */
const entrances = {
  web: async ({ stack, person }: Scene) => {
    const location = await new Visitor(stack).tryLogIn(person.id);
    return location === '/account' ? 'in' : location;
  },
  silent: async (scene: Scene) =>
    (await silently(scene)).to.startsWith('/login?returnTo=') ? 'guest' : 'in',
  api: (scene: Scene) => byToken(scene),
  'api, asked for': (scene: Scene) => byToken(scene, '?rejoin=1'),
};
type Answers = Readonly<Record<keyof typeof entrances, string>>;

const everyone: Answers = { web: 'in', silent: 'in', api: 'in', 'api, asked for': 'in' };
const nobody: Answers = {
  web: '/login?error=blocked',
  silent: 'guest',
  api: '403 BLOCKED',
  'api, asked for': '403 BLOCKED',
};
const onlyDeliberate: Answers = { ...everyone, silent: 'guest', api: '403 WITHDRAWN' };
const adults: Answers = {
  web: '/login?error=under_14',
  silent: 'guest',
  api: '403 UNDER_14',
  'api, asked for': '403 UNDER_14',
};

type Step = (scene: Scene) => Promise<unknown>;
const member: Step = ({ stack, person }) => new Visitor(stack).logIn(person.id);
const blocked: Step = async ({ database, person }) => database.block(person.id);
/** An event of this second, which is not over yet. */
const event =
  (name: string): Step =>
  ({ kakao, person }) =>
    kakao.fire({ userId: person.id, event: name, toeOffsetSeconds: 1 });
const notice: Step = ({ kakao, person }) => kakao.fire({ kind: 'unlink', userId: person.id });
const child: Step = ({ kakao, person }) => kakao.change(person, { under14: true });
/** Leaves while Kakao does not answer. */
const left: Step = async ({ stack, kakao, person }) => {
  const visitor = new Visitor(stack);
  await visitor.logIn(person.id);
  await kakao.fault('/v1/user/unlink', { status: 503, always: true });
  const answer = await visitor.send('/api/me', { method: 'DELETE', headers: { origin: stack.appUrl } });
  expect(answer.status).toBe(204);
};
const disabled = event('account-disabled');
const enabled = event('account-enabled');

const states: readonly (readonly [what: string, steps: readonly Step[], answers: Answers])[] = [
  ['a member', [member], everyone],
  ['blocked', [member, blocked], nobody],
  ['blocked, then erased by an unlink notice', [member, blocked, notice], nobody],
  ['blocked, then erased by user-unlinked', [member, blocked, event('user-unlinked')], nobody],
  ['blocked, then erased by account-purged', [member, blocked, event('account-purged')], nobody],
  ['blocked, then enabled by Kakao', [member, blocked, enabled], nobody],
  ['blocked, erased, then enabled by Kakao', [member, blocked, notice, enabled], nobody],
  ['disabled by Kakao', [member, disabled], nobody],
  ['disabled, then erased by an unlink notice', [member, disabled, notice], nobody],
  ['disabled, then erased by user-unlinked', [member, disabled, event('user-unlinked')], nobody],
  ['disabled, then enabled', [member, disabled, enabled], everyone],
  ['disabled, erased, then enabled', [member, disabled, notice, enabled], everyone],
  ['blocked and disabled, erased, then enabled', [member, blocked, disabled, notice, enabled], nobody],
  ['erased by an unlink notice', [member, notice], everyone],
  ['gone, with the unlink pending', [left], onlyDeliberate],
  ['gone, and Kakao says they are unlinked', [left, event('user-unlinked')], everyone],
  ['gone, and Kakao says so by a notice', [left, notice], everyone],
  ['under 14', [child], adults],
];

test.beforeEach(({ kakao, stack }) => kakao.sendWebhooksTo(stack.appUrl));

describe.each(states)('somebody who is %s', (_, steps, answers) => {
  for (const entrance of Object.keys(entrances) as (keyof typeof entrances)[]) {
    test(`${entrance}: ${answers[entrance]}`, async ({ stack, kakao, person, database }) => {
      const scene = { stack, kakao, person, database };
      for (const step of steps) await step(scene);
      await kakao.settled();
      expect(await entrances[entrance](scene)).toBe(answers[entrance]);
    });
  }
});

test('who is blocked or disabled is nobody to next-auth, to our API and to the pages', async ({
  stack,
  kakao,
  person,
  database,
}) => {
  for (const keepOut of [disabled, blocked]) {
    const visitor = new Visitor(stack);
    await visitor.logIn(person.id);
    expect((await visitor.send('/api/auth/session')).json()).toMatchObject({ user: {} });
    await keepOut({ stack, kakao, person, database });
    expect((await visitor.send('/api/auth/session')).json()).toEqual({});
    const origin = { origin: stack.appUrl };
    const asked = ['/api/me', '/api/me/export', '/api/sessions'];
    const answers = await Promise.all([
      ...asked.map((path) => visitor.send(path)),
      visitor.send('/api/me', { method: 'DELETE', headers: origin }),
      visitor.send('/api/sessions?others=1', { method: 'DELETE', headers: origin }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(401));
    expect((await visitor.send('/account')).headers.location).toMatch(/^\/login\?/);
    await enabled({ stack, kakao, person, database });
  }
});

test('a login that was begun before leaving has to begin again', async ({ stack, person, kakao }) => {
  const visitor = new Visitor(stack);
  await visitor.logIn(person.id);
  const tab = new Visitor(stack);
  const flow = await tab.begin();
  const gone = await visitor.send('/api/me', { method: 'DELETE', headers: { origin: stack.appUrl } });
  expect(gone.status).toBe(204);
  const answer = await tab.send(await tab.agree(flow, person.id));
  expect(errorOf(answer)).toBe('expired');
  await kakao.settled();
  expect(await new Visitor(stack).tryLogIn(person.id)).toBe('/account');
});

describe('leaving needs a login that the person has just seen', () => {
  const isRefused = async (visitor: Visitor, { appUrl }: Stack) => {
    const answer = await visitor.send('/api/me', { method: 'DELETE', headers: { origin: appUrl } });
    const form = await visitor.post('/account/withdrawal');
    return [answer.status, answer.json()['message'], form.headers.location];
  };
  const refused = [403, 'FRESH_LOGIN_REQUIRED', '/account/leave/confirm'];

  test('not one of eleven minutes ago', async ({ stack, visitor, person }) => {
    await visitor.logIn(person.id);
    visitor.session = await olderToken(visitor.session, stack.secret, 11 * minute);
    expect(await isRefused(visitor, stack)).toEqual(refused);
    expect(await visitor.whoAmI()).toBe(person.id);
  });

  test('not of an older session under a younger token', async ({ stack, visitor, person, database }) => {
    await visitor.logIn(person.id);
    database.ageSessions(person.id, 11 * minute);
    expect(await isRefused(visitor, stack)).toEqual(refused);
  });

  test('not a silent one, however young', async ({ stack, person, kakao, database }) => {
    const { visitor } = await silently({ stack, person, kakao, database });
    expect(await visitor.whoAmI()).toBe(person.id);
    expect(await isRefused(visitor, stack)).toEqual(refused);
    expect((await visitor.send('/account/leave/confirm')).text).toContain('name="prompt" value="login"');
    await visitor.logIn(person.id, { prompt: 'login' });
    expect((await visitor.post('/account/withdrawal')).headers.location).toBe('/goodbye?kakao=unlinked');
  });

  const seconds = () => Math.floor(Date.now() / 1_000);
  for (const [what, idToken, prompt, isFresh] of [
    ['Kakao asked again', () => ({}), 'login', true],
    ['Kakao did not ask again', () => ({ auth_time: seconds() - 300 }), 'login', false],
    ['no ID token comes', () => ({ omit: true }), 'login', true],
    ['Kakao was not told to ask again', () => ({ auth_time: seconds() - 300 }), '', true],
  ] as const) {
    test(`${isFresh ? '' : 'not '}when ${what}`, async ({ stack, visitor, person, kakao }) => {
      await kakao.fault('/oauth/token', { idToken: idToken() });
      await visitor.logIn(person.id, prompt ? { prompt } : {});
      if (!isFresh) return expect(await isRefused(visitor, stack)).toEqual(refused);
      const answer = await visitor.send('/api/me', { method: 'DELETE', headers: { origin: stack.appUrl } });
      expect(answer.status).toBe(204);
    });
  }

  test('but a token of ours in an app’s hands is enough', async ({ stack, visitor, person }) => {
    await visitor.logIn(person.id);
    const old = await olderToken(visitor.session, stack.secret, 11 * minute);
    const headers = { authorization: `Bearer ${old}` };
    const answer = await new Visitor(stack).send('/api/me', { method: 'DELETE', headers });
    expect(answer.status).toBe(204);
  });
});
