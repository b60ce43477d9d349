import { beforeEach, describe, expect, it } from 'vitest';
import { blockPerson, purgeRefusals, setAccountState, unblockPerson } from '@/lib/db/refusals';
import { eraseUser } from '@/lib/db/users';
import { addUser, logIn, refusalIdOf, withDatabase } from '../../support/database';

const { db } = withDatabase();
const start = new Date('2026-11-24T12:00:00Z');
const later = (ms: number) => new Date(start.getTime() + ms);
const person = { kakaoId: '7', refusalId: refusalIdOf('7') };
const rows = () => db().refusal.findMany();
const blocked = { name: 'SignInRefused', reason: 'blocked' };
const disabledAtKakao = { name: 'SignInRefused', reason: 'disabled' };

beforeEach(async () => {
  await db().user.deleteMany();
  await db().refusal.deleteMany();
});

async function erase(at: Date) {
  const user = await db().user.findUniqueOrThrow({ where: { kakaoId: '7' } });
  expect(await eraseUser(db(), { ...user, refusalId: person.refusalId }, { at })).toBe(true);
}

describe('a block', () => {
  it('of our operator and one of Kakao’s lift each other neither before nor after an erasure', async () => {
    await addUser(db(), '7', start);
    await blockPerson(db(), person, start);
    expect(
      await setAccountState(db(), person, { disabled: true, changedAt: later(1), until: later(1_000) }),
    ).toBe(true);
    await erase(later(2));
    expect(await rows()).toMatchObject([{ blockedAt: start, disabledAt: later(1) }]);
    expect(await unblockPerson(db(), person, later(3))).toEqual({
      hasUser: false,
      changed: true,
      disabled: true,
    });
    await expect(logIn(db(), '7', later(10))).rejects.toMatchObject(disabledAtKakao);
    await blockPerson(db(), person, later(4));
    // Ours comes first: it stays when Kakao lifts its own.
    await expect(logIn(db(), '7', later(10))).rejects.toMatchObject(blocked);
    const enabled = { disabled: false, changedAt: later(5), until: later(1_000) };
    expect(await setAccountState(db(), person, enabled)).toBe(true);
    await expect(logIn(db(), '7', later(11))).rejects.toMatchObject(blocked);
    await unblockPerson(db(), person, later(6));
    expect(await logIn(db(), '7', later(12))).toMatchObject({ isNew: true });
  });

  it('keeps out who had no account, until it is lifted', async () => {
    const nobody = { hasUser: false, changed: true, disabled: false };
    expect(await blockPerson(db(), person, start)).toEqual(nobody);
    expect(await blockPerson(db(), person, later(1))).toEqual({ ...nobody, changed: false });
    expect(await rows()).toMatchObject([{ blockedAt: start }]);
    await expect(logIn(db(), '7', later(2))).rejects.toMatchObject(blocked);
    expect(await unblockPerson(db(), person, later(3))).toEqual(nobody);
    expect(await logIn(db(), '7', later(4))).toMatchObject({ isNew: true });
  });

  it('by Kakao from before the last login has no effect, whenever that was recorded', async () => {
    await logIn(db(), '7', later(5_000));
    const disabled = { disabled: true, changedAt: later(2_000), until: later(3_000) };
    expect(await setAccountState(db(), person, disabled)).toBe(false);
    expect(await db().user.findFirst()).toMatchObject({ disabledAt: null });
  });
});

it('what an erasure leaves is purged, but for those who are kept out', async () => {
  await addUser(db(), '7', start);
  await erase(start);
  expect(await rows()).toMatchObject([{ id: person.refusalId, erasedAt: start, blockedAt: null }]);
  await blockPerson(db(), { kakaoId: '8', refusalId: 'other' }, start);
  expect(await purgeRefusals(db(), start)).toBe(0);
  expect(await purgeRefusals(db(), later(1))).toBe(1);
  expect(await rows()).toMatchObject([{ id: 'other' }]);
});
