// npm run bench: whole logins over HTTP, this app beside others in one run.
//   --full          the whole matrix: 1, 16 and 32 browsers, Kakao at 0 and 60 ms, new and returning people
//   --only NAME,…   these targets alone (beside "bare Next.js", which the ratios refer to)
//   --logins N      logins in a window (500)    --warmup N  logins before (1,500)    --rounds N  windows (3)
//   --out FOLDER    writes results.json and results.svg there
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type FakeKakao, startKakao } from './kakao.ts';
import { type Load, measure, median, type Result, type Window } from './measure.ts';
import { chart, table } from './report.ts';
import { buildTargets, type Server, startServer } from './server.ts';
import { targets } from './targets.ts';

const { values: options } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    logins: { type: 'string', default: '500' },
    warmup: { type: 'string', default: '1500' },
    rounds: { type: 'string', default: '3' },
    out: { type: 'string' },
  },
});

const matrix: readonly Omit<Load, 'logins'>[] = options.full
  ? [1, 16, 32].flatMap((browsers) =>
      [0, 60].flatMap((kakaoMs) =>
        (['returning', 'new'] as const).map((people) => ({ browsers, kakaoMs, people })),
      ),
    )
  : [
      { browsers: 16, kakaoMs: 0, people: 'returning' },
      { browsers: 16, kakaoMs: 0, people: 'new' },
      { browsers: 32, kakaoMs: 60, people: 'returning' },
    ];

/** Alternates between the servers, so that a slow moment of the machine meets all of them. */
async function measureAll(servers: readonly Server[], kakao: FakeKakao): Promise<Result[]> {
  const results: Result[] = [];
  for (const load of matrix) {
    const windows = new Map<Server, Window[]>(servers.map((server) => [server, []]));
    for (let round = 0; round < Number(options.rounds); round += 1) {
      for (const [server, found] of windows) {
        found.push(await measure(server, kakao, { ...load, logins: Number(options.logins) }));
      }
    }
    for (const [server, found] of windows) {
      results.push({ target: server.target.name, load, window: middle(found) });
    }
    process.stderr.write(
      `measured ${load.browsers} browsers, Kakao ${load.kakaoMs} ms away, ${load.people}\n`,
    );
  }
  return results;
}

/** The median of each figure; failures of all windows count. */
function middle(windows: readonly Window[]): Window {
  const of = (read: (window: Window) => number): number => median(windows.map(read));
  return {
    loginsPerCore: of((window) => window.loginsPerCore),
    perSecond: of((window) => window.perSecond),
    callbackMs: of((window) => window.callbackMs),
    checkMs: of((window) => window.checkMs),
    residentMb: of((window) => window.residentMb),
    failed: windows.reduce((sum, { failed }) => sum + failed, 0),
  };
}

const wanted = options.only?.split(',');
const chosen = targets.filter(({ name }) => !wanted || wanted.includes(name) || name === 'bare Next.js');
buildTargets(chosen);
const kakao = await startKakao();
const servers: Server[] = [];
try {
  for (const target of chosen) {
    const server = await startServer(target, kakao.origin);
    servers.push(server);
    const warmUp = { browsers: 16, kakaoMs: 0, people: 'returning', logins: Number(options.warmup) } as const;
    await measure(server, kakao, warmUp);
    process.stderr.write(`${target.name}: first answer after ${Math.round(server.startMs)} ms, warm\n`);
  }
  const results = await measureAll(servers, kakao);
  process.stdout.write(table(results));
  if (options.out) {
    mkdirSync(options.out, { recursive: true });
    writeFileSync(join(options.out, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
    writeFileSync(join(options.out, 'results.svg'), chart(results));
  }
} finally {
  for (const server of servers) await server.stop();
  kakao.close();
}
