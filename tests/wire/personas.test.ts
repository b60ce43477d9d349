import { text } from '../stack/words';
import { expectAccountPage, expectFailurePage, mainTexts } from './support/page';
import { expect, test } from './support/test';

const { account } = text('ko');

interface Shown {
  readonly id: string;
  readonly who: string;
  readonly name: string;
  readonly email?: string;
  /** What stands in for the e-mail. */
  readonly noEmail?: 'emailNotAgreed' | 'noVerifiedEmail';
}

const refused = [
  { id: '3900000012', who: 'a child under 14', code: 'under_14', cause: null },
  {
    id: '3900000013',
    who: 'somebody with a dormant account',
    code: 'kakao_rejected',
    cause: 'account_unusable',
  },
  {
    id: '3900000014',
    who: 'somebody whom Kakao has sanctioned',
    code: 'kakao_unavailable',
    cause: 'account_restricted',
  },
] as const;

const welcome: readonly Shown[] = [
  { id: '3900000001', who: 'an ordinary person', name: '서윤', email: 'seoyun@example.com' },
  { id: '3900000003', who: 'somebody born on 29 February', name: '윤일', email: 'leapday@example.com' },
  { id: '3900000004', who: 'somebody without an e-mail', name: '도현', noEmail: 'noVerifiedEmail' },
  { id: '3900000005', who: 'somebody who declines the e-mail', name: '하린', noEmail: 'emailNotAgreed' },
  { id: '3900000006', who: 'somebody with an unverified e-mail', name: '지호', noEmail: 'noVerifiedEmail' },
  { id: '3900000007', who: 'somebody with an expired e-mail', name: '수아', noEmail: 'noVerifiedEmail' },
  {
    id: '3900000008',
    who: 'somebody who refuses the nickname',
    name: account.noNickname,
    email: 'eunwoo@example.com',
  },
  {
    id: '3900000009',
    who: 'somebody with the default nickname',
    name: account.noNickname,
    email: 'default@example.com',
  },
  { id: '9007199254740992', who: 'somebody with the id 2^53', name: '한가온', email: 'gaon@example.com' },
  {
    id: '9007199254740993',
    who: 'somebody with the id 2^53 + 1',
    name: '한가람',
    email: 'garam@example.com',
  },
  {
    id: '3900000015',
    who: 'somebody with an emoji name',
    name: '🐥 병아리 👩‍👩‍👧',
    email: 'emoji@example.com',
  },
  {
    id: '3900000016',
    who: 'somebody with a right-to-left name',
    name: 'نور القمر',
    email: 'noor@example.com',
  },
  {
    id: '3900000017',
    who: 'somebody with a name of 108 characters',
    name: '끝없이길어지는이름'.repeat(12).slice(0, 100),
    email: 'long@example.com',
  },
  {
    id: '3900000018',
    who: 'somebody with control characters in the name',
    name: '탭줄종널끝',
    email: 'control@example.com',
  },
];

for (const { id, who, code, cause } of refused) {
  test(`${who} is refused, and no user is made`, async ({ visitor, database }) => {
    const flow = await visitor.begin();
    const form = code === 'under_14' ? { user: id } : { user: id, decision: 'agree_all' };
    expectFailurePage(await visitor.open(await visitor.answerKakao(flow, form)), code, 'ko', cause);
    expect(database.users(id)).toEqual([]);
    expect((await visitor.send('/api/me')).status).toBe(401);
  });
}

for (const { id, who, name, email, noEmail = 'noEmail' } of welcome) {
  test(`${who} logs in and sees the own data`, async ({ visitor, database }) => {
    const arrived = await visitor.open(await visitor.agree(await visitor.begin(), id));
    expectAccountPage(arrived, name);
    const shown = mainTexts(arrived.answer.text);
    expect(shown).toContain(id);
    expect(shown.join('\n')).toContain(email ?? account[noEmail]);
    const nickname = name === account.noNickname ? null : name;
    expect(database.users(id)).toMatchObject([{ nickname, email: email ?? null }]);
  });
}
