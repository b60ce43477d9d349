import { beforeEach, describe, expect, it } from 'vitest';
import {
  eraseUnlinkedUser,
  looksLikeAnotherApp,
  newReconciliation,
  type Reconciliation,
  reconcileStep,
  unlinkStranger,
} from '@/lib/account/reconcile';
import { byAdminKey } from '@/lib/kakao/api';
import { fetchLinkedIds, fetchLinks, unlinkUser } from '@/lib/kakao/links';
import { signInWithToken } from '@/lib/login/sign-in-with-token';
import { withApp } from '../../support/app';
import { device } from '../../support/browser';
import { addPendingUnlink, addUser } from '../../support/database';
import { answerJson, withServers } from '../../support/http-server';
import { kakaoConfig, people, soon } from '../../support/kakao';

const app = withApp();
const start = withServers();

/** A user here, whatever Kakao says. */
const userHere = (kakaoId: string) => addUser(app.deps().db, kakaoId, app.deps().now());
/** Linked at Kakao, whatever we say. */
const linkedThere = (kakaoId: string) => app.kakao.accessToken(kakaoId);
const unlink = (kakaoId: string) =>
  unlinkUser(app.kakao.config(), byAdminKey(app.kakao.config(), kakaoId), soon());

/** One of the local Kakao's people is linked from the start. */
beforeEach(() => unlink(people.another));

async function compared(): Promise<Reconciliation> {
  let progress = newReconciliation(app.deps().now());
  for (let steps = 0; progress.phase !== 'done'; steps += 1) {
    if (steps > 50) throw new Error('it does not end');
    progress = JSON.parse(JSON.stringify(await reconcileStep(app.deps(), progress)));
  }
  return progress;
}

describe('a comparison', () => {
  it('finds nothing where both sides agree', async () => {
    for (const id of [people.plain, people.exact, people.rounded]) {
      await linkedThere(id);
      await userHere(id);
    }
    const found = await compared();
    expect(found).toMatchObject({ linkedSeen: 3, usersSeen: 3, unknownHere: [], unlinkedThere: [] });
  });

  it('finds ghosts on both sides, by exact ids', async () => {
    await linkedThere(people.exact);
    await userHere(people.rounded);
    const found = await compared();
    expect(found).toMatchObject({ unknownHere: [people.exact], unlinkedThere: [people.rounded] });
  });

  it('takes nobody for a ghost who has left and is to be unlinked', async () => {
    await linkedThere(people.plain);
    const { db, now } = app.deps();
    await addPendingUnlink(db, people.plain, now());
    expect((await compared()).unknownHere).toEqual([]);
  });

  it('goes through all pages on both sides', async () => {
    const ids = Array.from({ length: 250 }, (_, i) => String(4_000_000_000 + i));
    await app.kakao.addPeople(ids);
    await Promise.all(ids.map(linkedThere));
    for (const id of ids.slice(0, 240)) await userHere(id);
    const found = await compared();
    expect(found).toMatchObject({ linkedSeen: 250, usersSeen: 240, unlinkedThere: [] });
    expect(found.unknownHere).toEqual(ids.slice(240));
    expect(await app.kakao.requests('/v1/user/ids')).toHaveLength(3);
  });

  it('interrupted by a failing Kakao goes on from the same step', async () => {
    await userHere(people.plain);
    const progress = newReconciliation(app.deps().now());
    await app.kakao.fault('/v1/user/ids', { kakao: -10 });
    const failing = reconcileStep(app.deps(), progress);
    await expect(failing).rejects.toMatchObject({ code: 'busy', kakaoCode: '-10' });
    expect(await reconcileStep(app.deps(), progress)).toMatchObject({ phase: 'users_here' });
  });
});

describe('removing ghosts', () => {
  const earlier = () => new Date(app.deps().now().getTime() + 1_000);

  it('erases a user here who is not linked, and nobody who is', async () => {
    await userHere(people.plain);
    await linkedThere(people.another);
    await userHere(people.another);
    expect(await eraseUnlinkedUser(app.deps(), people.plain, earlier())).toBe(true);
    expect(await eraseUnlinkedUser(app.deps(), people.another, earlier())).toBe(false);
    expect(await eraseUnlinkedUser(app.deps(), people.plain, earlier())).toBe(false);
    const left = await app.deps().db.user.findMany();
    expect(left.map(({ kakaoId }) => kakaoId)).toEqual([people.another]);
  });

  it.each(['blockedAt', 'disabledAt'] as const)('keeps out whom it erases with %s', async (column) => {
    const { id } = await userHere(people.plain);
    await app.deps().db.user.update({ where: { id }, data: { [column]: new Date() } });
    expect(await eraseUnlinkedUser(app.deps(), people.plain, earlier())).toBe(true);
    expect(await app.deps().db.user.count()).toBe(0);
    expect(await app.browser().login(people.plain)).toMatchObject({
      kind: 'failed',
      error: { code: 'blocked' },
    });
    const token = await app.kakao.accessToken(people.plain);
    const byToken = signInWithToken(app.deps(), token, { device, isRejoining: true });
    await expect(byToken).rejects.toMatchObject({ code: 'blocked' });
  });

  it('leaves a user alone who has logged in since the comparison began', async () => {
    const startedAt = new Date(app.deps().now().getTime() - 1_000);
    await userHere(people.plain);
    expect(await eraseUnlinkedUser(app.deps(), people.plain, startedAt)).toBe(false);
    expect(await app.deps().db.user.count()).toBe(1);
  });

  it('unlinks a stranger at Kakao, but nobody who was linked just now or is known', async () => {
    await linkedThere(people.plain);
    expect(await unlinkStranger(app.deps(), people.plain)).toBe(false);
    app.pass(2 * 3_600_000);
    await userHere(people.plain);
    expect(await unlinkStranger(app.deps(), people.plain)).toBe(false);
    await app.deps().db.user.deleteMany();
    expect(await unlinkStranger(app.deps(), people.plain)).toBe(true);
    expect(await unlinkStranger(app.deps(), people.plain)).toBe(false);
    expect((await fetchLinks(app.kakao.config(), [people.plain], soon())).size).toBe(0);
  });

  it('is doubtful when most users would have to go', () => {
    const found = { ...newReconciliation(new Date()), usersSeen: 20 };
    const ghosts = (count: number) => Array.from({ length: count }, (_, i) => String(i + 1));
    expect(looksLikeAnotherApp({ ...found, unlinkedThere: ghosts(11) })).toBe(true);
    expect(looksLikeAnotherApp({ ...found, unlinkedThere: ghosts(10) })).toBe(false);
    expect(looksLikeAnotherApp({ ...found, usersSeen: 30, unlinkedThere: ghosts(11) })).toBe(false);
  });
});

describe('Kakao’s lists', () => {
  it('are not asked for without an admin key', async () => {
    const config = app.kakao.config({ adminKey: undefined });
    await expect(fetchLinkedIds(config, null, soon())).rejects.toMatchObject({ code: 'misconfigured' });
  });

  it('are read in both shapes of the documentation', async () => {
    const user = '{"id":9007199254740993,"connected_at":"2026-03-02T04:11:52Z"}';
    for (const body of [`[${user}]`, `{"elements":[${user}]}`]) {
      const server = await start(answerJson(body));
      const links = await fetchLinks(kakaoConfig(server.url), ['9007199254740993'], soon());
      expect([...links]).toEqual([['9007199254740993', new Date('2026-03-02T04:11:52Z')]]);
    }
  });

  it.each(['{}', '[7]', 'null', '"x"', '{"elements":7}', '<html>'])(
    'are refused in others: %s',
    async (body) => {
      const server = await start(answerJson(body));
      const config = kakaoConfig(server.url);
      await expect(fetchLinks(config, ['7'], soon())).rejects.toMatchObject({ code: 'unavailable' });
      await expect(fetchLinkedIds(config, null, soon())).rejects.toMatchObject({ code: 'unavailable' });
    },
  );

  it('name the next page by an address with our key in it, of which the cursor is kept', async () => {
    const page = (after: string) => answerJson(`{"elements":[7],"after_url":"${after}"}`);
    const good = await start(page('http://kapi.kakao.com/v1/user/ids?from_id=7&app_key=secret'));
    expect(await fetchLinkedIds(kakaoConfig(good.url), null, soon())).toEqual({ ids: ['7'], next: '7' });
    const bad = await start(page('nonsense'));
    const asked = fetchLinkedIds(kakaoConfig(bad.url), null, soon());
    await expect(asked).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('forget who was unlinked', async () => {
    await linkedThere(people.plain);
    await unlink(people.plain);
    expect((await fetchLinkedIds(app.kakao.config(), null, soon())).ids).toEqual([]);
  });
});
