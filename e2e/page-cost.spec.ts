import { readFileSync } from 'node:fs';
import { stopChild } from '../scripts/run/process.mjs';
import { startStack } from './servers';
import { Database } from './support/database';
import { startEmptyApp } from './support/empty-app';
import { send } from './support/http';
import { kakaoOf } from './support/kakao';
import { expect, test } from './support/test';
import { Visitor } from './support/visitor';

const views = 100;

interface Server {
  readonly url: string;
  readonly pid: number;
  readonly headers: Readonly<Record<string, string>>;
}

// Where the system says what a process has used.
if (process.platform === 'linux') {
  test('a full account page costs at most three times an empty dynamic page', async () => {
    test.setTimeout(240_000);
    const own = await startStack();
    const empty = await startEmptyApp().catch(async (error: unknown) => {
      await own.stop();
      throw error;
    });
    try {
      const visitor = new Visitor(own.stack);
      const person = await kakaoOf(own.stack).addPerson();
      await visitor.logIn(person.id);
      new Database(own.stack.databaseFile).fillAccount(person.id, { entries: 199, sessions: 19 });
      const accept = { 'accept-encoding': 'gzip' };
      const account = {
        url: `${own.stack.appUrl}/account`,
        pid: own.appPid(),
        headers: { ...accept, cookie: `session=${visitor.session}` },
      };
      const nothing = { url: empty.url, pid: empty.app.child.pid ?? 0, headers: accept };
      const ratios: number[] = [];
      await view(account);
      await view(nothing);
      for (let turn = 0; turn < 3; turn += 1) ratios.push((await view(account)) / (await view(nothing)));
      test
        .info()
        .annotations.push({ type: 'ratios', description: ratios.map((it) => it.toFixed(2)).join(' ') });
      expect(Math.min(...ratios)).toBeLessThanOrEqual(3);
    } finally {
      await Promise.all([own.stop(), stopChild(empty.app)]);
    }
  });
}

/** The processor time of so many views, in ticks of the system. */
async function view({ url, pid, headers }: Server): Promise<number> {
  const before = ticks(pid);
  for (let count = 0; count < views; count += 1) {
    expect((await send(url, { headers })).status).toBe(200);
  }
  return ticks(pid) - before;
}

function ticks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}
