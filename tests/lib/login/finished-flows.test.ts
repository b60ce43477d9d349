import { describe, expect, it } from 'vitest';
import { createFinishedFlows, type FinishedFlow } from '@/lib/login/finished-flows';

const flow = (sid: string): FinishedFlow => ({ token: `token-${sid}`, expiresAt: 1, sid, returnTo: '/' });

/** A memory whose clock the test moves. */
function memory() {
  let time = 0;
  const flows = createFinishedFlows(() => time);
  const pass = (ms: number) => {
    time += ms;
  };
  return { flows, pass };
}

describe('a flow that was never finished', () => {
  it('is not found', async () => {
    expect(await memory().flows.find('state')).toBeNull();
  });

  it('because it failed is not found, and not run again', async () => {
    const { flows } = memory();
    let runs = 0;
    const failing = async () => {
      runs += 1;
      throw new Error('spent');
    };
    await expect(flows.once('state', failing)).rejects.toThrow('spent');
    await expect(flows.once('state', async () => flow('other'))).rejects.toThrow('spent');
    expect(await flows.find('state')).toBeNull();
    expect(runs).toBe(1);
  });
});

describe('a finished flow', () => {
  it('is found by its state alone', async () => {
    const { flows } = memory();
    await flows.once('state', async () => flow('a'));
    expect(await flows.find('state')).toEqual(flow('a'));
    expect(await flows.find('STATE')).toBeNull();
  });

  it('runs once, also for those who come while it runs', async () => {
    const { flows } = memory();
    let release = (_: FinishedFlow) => {};
    const first = flows.once('state', () => new Promise((resolve) => (release = resolve)));
    const second = flows.once('state', async () => flow('never'));
    const found = flows.find('state');
    await Promise.resolve();
    release(flow('a'));
    expect(await Promise.all([first, second, found])).toEqual([flow('a'), flow('a'), flow('a')]);
  });

  it('is over after a minute, and still known', async () => {
    const { flows, pass } = memory();
    expect(flows.isOver('state')).toBe(false);
    await flows.once('state', async () => flow('a'));
    pass(59_999);
    expect(flows.isOver('state')).toBe(false);
    pass(1);
    expect(flows.isOver('state')).toBe(true);
    expect(await flows.find('state')).toEqual(flow('a'));
  });

  it('is forgotten after ten minutes', async () => {
    const { flows, pass } = memory();
    await flows.once('state', async () => flow('a'));
    pass(599_999);
    expect(await flows.find('state')).not.toBeNull();
    pass(1);
    expect(await flows.find('state')).toBeNull();
  });

  it('makes room when there are more than 20,000', async () => {
    const { flows } = memory();
    for (let i = 0; i <= 20_001; i += 1) await flows.once(`state-${i}`, async () => flow(`${i}`));
    expect(await flows.find('state-0')).toBeNull();
    expect(await flows.find('state-20001')).not.toBeNull();
  });

  it('is not forgotten because other logins fail', async () => {
    const { flows } = memory();
    await flows.once('state', async () => flow('a'));
    const fail = async () => Promise.reject(new Error('no'));
    for (let i = 0; i <= 20_001; i += 1) await flows.once(`bad-${i}`, fail).catch(() => undefined);
    expect(await flows.find('state')).toEqual(flow('a'));
  });
});
