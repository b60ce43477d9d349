import { beforeEach, describe, expect, it } from 'vitest';
import { startEmulator } from '../src/index.ts';
import { enqueue } from '../src/webhooks/deliver.ts';
import { noWebhooks } from '../src/world/webhook-log.ts';
import { people, useKakao } from './kakao.ts';
import { useReceiver } from './receiver.ts';

const kakao = useKakao();
const app = useReceiver();

beforeEach(() => kakao.patchApp({ webhooks: app.webhooks() }));

type Attempt = Record<string, unknown>;
const attemptsIn = ({ json }: { json: Record<string, unknown> }) => json['attempts'] as Attempt[];
const post = async (path: string, body: object) =>
  attemptsIn(await kakao.control('POST', `webhooks/${path}`, body));
const fire = (order: object = {}) => post('fire', { userId: people.plain, ...order });
const log = async (query = '') => attemptsIn(await kakao.control('GET', `webhooks${query}`));
const jtis = () => app.received().map(({ body }) => JSON.parse(atob(body.split('.')[1] ?? '')).jti);

describe('the log says in words what Kakao would make of', () => {
  it.each([
    ['account-state', 202, true, 'answered 202'],
    ['account-state', 200, false, 'answered 200, Kakao needs 202'],
    ['account-state', 400, false, 'answered 400, Kakao needs 202'],
    ['unlink', 200, true, 'answered 200'],
    ['unlink', 202, false, 'answered 202, Kakao needs 200'],
    ['unlink', 404, false, 'answered 404, Kakao needs 200'],
    ['unlink', 308, false, 'answered 308, Kakao needs 200; redirects are not followed'],
  ])('%s answered %i', async (kind, status, accepted, verdict) => {
    app.answerWith((response) => response.writeHead(status, { location: app.url('/elsewhere') }).end());
    expect(await fire({ kind })).toMatchObject([{ status, accepted, verdict }]);
    expect(app.received()).toHaveLength(1);
  });

  it('an app that does not answer in time', async () => {
    await kakao.client.settings.change({ webhookTimeoutMs: 50 });
    app.answerWith(() => {});
    expect(await fire()).toMatchObject([
      { status: null, accepted: false, verdict: 'no answer in 0.05 s', answer: '' },
    ]);
  });

  it('an app that answers in time and then goes on for ever', async () => {
    await kakao.client.settings.change({ webhookTimeoutMs: 200 });
    app.answerWith((response) => response.writeHead(202).write('one moment'));
    expect(await fire()).toMatchObject([{ accepted: true, verdict: 'answered 202' }]);
  });

  it('an app that is not there, or hangs up', async () => {
    expect(await fire({ url: 'http://127.0.0.1:1/' })).toMatchObject([
      { accepted: false, verdict: 'no answer: ECONNREFUSED' },
    ]);
    app.answerWith((response) => response.destroy());
    expect(await fire()).toMatchObject([{ accepted: false, verdict: 'no answer: ECONNRESET' }]);
  });

  it('an app whose certificate nobody vouches for', async () => {
    const kakaoOnTls = await startEmulator({ port: 0, tls: {} });
    const [attempt] = await fire({ url: `${kakaoOnTls.tls?.url}/hook` });
    await kakaoOnTls.close();
    expect(attempt).toMatchObject({ accepted: false, status: null });
    expect(attempt?.['verdict']).toMatch(/^no answer: \w*(CERT|SIGNATURE)/);
  });

  it('an app that explains itself, of which the beginning is kept', async () => {
    app.answerWith((response) => response.writeHead(400).end('{"err":"invalid_key"}'));
    expect(await fire()).toMatchObject([{ answer: '{"err":"invalid_key"}' }]);
    app.answerWith((response) => response.writeHead(400).end('x'.repeat(100_000)));
    expect(String((await fire())[0]?.['answer'])).toHaveLength(2_000);
  });
});

describe('the log', () => {
  it('can be narrowed down and forgotten', async () => {
    const [unlink] = await fire({ kind: 'unlink' });
    await fire({ userId: people.linked });
    expect(await log()).toHaveLength(2);
    expect(await log('?kind=unlink')).toHaveLength(1);
    expect(await log(`?user=${people.linked}`)).toMatchObject([{ kind: 'account-state' }]);
    expect(await log(`?delivery=${unlink?.['delivery']}`)).toEqual([unlink]);
    expect((await kakao.control('DELETE', 'webhooks')).status).toBe(204);
    expect(await log()).toEqual([]);
  });

  it('keeps the last 500 attempts only', async () => {
    for (let round = 0; round < 6; round += 1) await fire({ times: 100, event: `urn:round:${round}` });
    const kept = await log();
    expect(kept).toHaveLength(500);
    expect(kept[0]?.['event']).toBe('urn:round:1');
  });
});

describe('messages to one app', () => {
  it('keep their order: each waits for the answer to the one before', async () => {
    const open = { now: 0, most: 0 };
    app.answerWith((response) => {
      open.now += 1;
      open.most = Math.max(open.most, open.now);
      setTimeout(() => {
        open.now -= 1;
        response.writeHead(202).end();
      }, 5);
    });
    const events = ['token-issued', 'user-linked', 'account-purged', 'token-revoked'];
    for (const event of events) await kakao.client.webhooks.fire({ userId: '1', event, wait: false });
    await kakao.client.webhooks.idle();
    expect(app.heard()).toEqual(events);
    expect(open.most).toBe(1);
  });

  it('are dropped beyond a thousand that wait, and go on when they have gone', async () => {
    const webhooks = noWebhooks();
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const jobs = Array.from({ length: 1_005 }, (_, n) => enqueue(webhooks, 1, () => gate.then(() => n)));
    expect(webhooks).toMatchObject({ waiting: 1_000, dropped: 5 });
    open();
    expect((await Promise.all(jobs)).slice(998)).toEqual([998, 999, ...Array(5).fill(undefined)]);
    expect(await enqueue(webhooks, 1, async () => 'more')).toBe('more');
  });
});

describe('a delivery', () => {
  it('goes out in many copies at once, all with one jti', async () => {
    const waiting: (() => void)[] = [];
    app.answerWith((response) => {
      waiting.push(() => response.writeHead(202).end());
      // Nobody is answered before all 20 have come.
      if (waiting.length === 20) for (const answer of waiting) answer();
    });
    expect(await fire({ times: 20 })).toHaveLength(20);
    expect(new Set(jtis()).size).toBe(1);
  });

  it('can be replayed byte for byte', async () => {
    const [sent] = await fire();
    kakao.wait(60);
    await post('replay', { deliveries: [sent?.['delivery']], times: 2 });
    const bodies = app.received().map(({ body }) => body);
    expect(bodies).toHaveLength(3);
    expect(new Set(bodies).size).toBe(1);
  });

  it('can be held back and sent in another order', async () => {
    const held: Attempt[] = [];
    for (const event of ['account-disabled', 'account-enabled'])
      held.push(...(await fire({ event, hold: true })));
    expect(app.received()).toEqual([]);
    expect(held[0]).toMatchObject({ accepted: null, status: null, verdict: 'held back, not sent' });
    await post('replay', { deliveries: held.map(({ delivery }) => delivery).reverse() });
    expect(app.heard()).toEqual(['account-enabled', 'account-disabled']);
  });

  it('of something that really happened can be held back too', async () => {
    await kakao.patchApp({ webhooks: { hold: true } });
    await kakao.client.users.unlink(people.linked);
    await kakao.client.webhooks.idle();
    expect(app.received()).toEqual([]);
    await post('replay', { deliveries: (await log()).map(({ delivery }) => delivery) });
    expect(app.heard()).toEqual(['unlink: UNLINK_FROM_APPS', 'user-unlinked: UNLINK_FROM_APPS']);
  });

  it('that was not accepted is sent again by retry, and by nothing else', async () => {
    app.answerWith((response) => response.writeHead(503).end());
    const [failed] = await fire({ event: 'account-purged' });
    app.answerWith((response) => response.writeHead(202).end());
    await fire({ event: 'token-issued' });
    await fire({ event: 'user-linked', hold: true });
    const retried = await post('retry', {});
    expect(retried).toMatchObject([{ delivery: failed?.['delivery'], accepted: true }]);
    expect(app.heard()).toEqual(['account-purged', 'token-issued', 'account-purged']);
    expect(await post('retry', {})).toEqual([]);
  });
});
