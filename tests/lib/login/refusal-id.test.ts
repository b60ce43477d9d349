import { beforeEach, describe, expect, it } from 'vitest';
import { blockPerson } from '@/lib/db/refusals';
import { loadRefusalId } from '@/lib/login/refusal-id';
import { createKeyring } from '@/lib/session/keyring';
import { withDatabase } from '../../support/database';

const { db } = withDatabase();
const secrets = ['a-first', 'a-second', 'a-third'].map((name) => `${name}-secret-for-tests-of-32-bytes`);
const keyring = (...names: readonly number[]) =>
  createKeyring(
    'http://localhost:3000',
    names.map((name) => secrets[name] ?? ''),
  );
const hash = async (...names: readonly number[]) => (await loadRefusalId(db(), keyring(...names)))('7');
const block = async (refusalId: string) => blockPerson(db(), { kakaoId: '7', refusalId }, new Date());

beforeEach(async () => {
  await db().sealedKey.deleteMany();
  await db().refusal.deleteMany();
});

describe('the keyed hash of a Kakao id', () => {
  it('is not known without a secret that opens its key, as soon as somebody is refused by it', async () => {
    await block(await hash(0));
    const before = await db().sealedKey.findMany();
    await expect(hash(1)).rejects.toMatchObject({
      name: 'DatabaseError',
      message: expect.stringMatching(/^NEXTAUTH_SECRET does not open/),
    });
    expect(await db().sealedKey.findMany()).toEqual(before);
  });

  it('shows neither the id nor the key', async () => {
    const made = await hash(0);
    expect(made).toMatch(/^[\w-]{43}$/);
    const stored = JSON.stringify(await db().sealedKey.findMany());
    expect(stored).not.toContain(secrets[0]);
    expect(await hash(0)).toBe(made);
    await db().sealedKey.deleteMany();
    expect(await hash(0)).not.toBe(made);
  });

  it('outlives every secret: the key is sealed anew under the newest', async () => {
    const made = await hash(0);
    await block(made);
    expect([await hash(1, 0), await hash(1), await hash(2, 1), await hash(2)]).toEqual(Array(4).fill(made));
    await expect(hash(0)).rejects.toThrow(/NEXTAUTH_SECRET/);
  });

  it('is the same in processes that start at once, also when the key is sealed anew', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => hash(0)));
    const rotated = await Promise.all(Array.from({ length: 20 }, () => hash(1, 0)));
    expect(new Set([...made, ...rotated]).size).toBe(1);
  });

  it('begins anew under another secret while nobody is refused by it', async () => {
    const made = await hash(0);
    expect(await hash(1)).not.toBe(made);
  });

  it('is not begun anew by a command that has other secrets than the server, nor sealed anew', async () => {
    const made = await hash(0);
    const before = await db().sealedKey.findMany();
    const command = (...names: number[]) => loadRefusalId(db(), keyring(...names), { keepsKey: true });
    await expect(command(1)).rejects.toThrow(/NEXTAUTH_SECRET/);
    expect((await command(1, 0))('7')).toBe(made);
    expect(await db().sealedKey.findMany()).toEqual(before);
  });
});
