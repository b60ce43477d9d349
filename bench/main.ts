// npm run bench: this app beside others in one run, at most ten minutes: whole logins, session checks, pages, cold start.
//   npm run bench -- --full     the whole matrix of logins (1, 16 and 32 browsers, Kakao at 0 and 60 ms, new and
//                               returning people), then growth and soak; without a limit
//   npm run bench -- growth     a login and a check with --sizes 1000,100000,1000000 people
//   npm run bench -- soak       memory during --logins 100000
//   npm run bench -- profile    where the time of --logins 4000 goes
//   npm run bench -- guard      CPU time over bare Next.js against bench/guard.json; --record writes it
//   --only ID,…                 these targets alone, beside bare-next: ours, ours-oidc, next-auth, better-auth, express, node-http
//   --logins N  in a window     --warmup N  logins before     --rounds N  windows (5)     --minutes N  (10)
//   --out FOLDER                writes the figures there as JSON, named after the subject or logins.json, and chart.svg
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureGrowth } from './growth.ts';
import { guard } from './guard.ts';
import { type FakeKakao, startKakao } from './kakao.ts';
import { type Load, measureLogins } from './logins.ts';
import { measureChecks, measurePages } from './pages.ts';
import { profile } from './profile.ts';
import { chart, type LoginResult, type Results, type StartResult, tables } from './report.ts';
import { buildTargets, type Server, startServer } from './server.ts';
import { soak } from './soak.ts';
import { type Target, targetsOf } from './targets.ts';
import { alternate, median, medians } from './windows.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    logins: { type: 'string' },
    warmup: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    sizes: { type: 'string', default: '1000,100000,1000000' },
    minutes: { type: 'string', default: '10' },
    begun: { type: 'string', default: String(Date.now()) },
    record: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});

const rounds = Number(options.rounds);
const starts = 3;
const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${new Date().toISOString().slice(0, 10)}`;
const full: readonly Omit<Load, 'logins'>[] = [1, 16, 32].flatMap((browsers) =>
  [0, 60].flatMap((kakaoMs) =>
    (['returning', 'new'] as const).map((people) => ({ browsers, kakaoMs, people })),
  ),
);
const short: readonly Omit<Load, 'logins'>[] = [
  { browsers: 16, kakaoMs: 0, people: 'returning' },
  { browsers: 16, kakaoMs: 0, people: 'new' },
  { browsers: 32, kakaoMs: 60, people: 'returning' },
];

/** When this part of the time is over, ms since the process began; what is measured then is still finished. */
function at(part: number): number {
  if (options.full) return Number.POSITIVE_INFINITY;
  return Number(options.begun) + Number(options.minutes) * 60_000 * part - performance.timeOrigin;
}

function count(given: string | undefined, otherwise: number): number {
  return given === undefined ? otherwise : Number(given);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Cold starts in turn; the last of each stays, and is warmed up. */
async function startAll(
  targets: readonly Target[],
  kakao: FakeKakao,
  servers: Server[],
): Promise<StartResult[]> {
  const times = new Map<Target, number[]>(targets.map((target) => [target, []]));
  for (let start = 1; start <= starts; start += 1) {
    for (const [target, found] of times) {
      const server = await startServer(target, kakao.origin);
      found.push(server.startMs);
      if (start < starts) await server.stop();
      else servers.push(server);
    }
  }
  for (const server of servers) {
    const logins = count(options.warmup, 1_500);
    await measureLogins(server, kakao, { browsers: 16, kakaoMs: 0, people: 'returning', logins });
    say(`${server.target.name}: warm`);
  }
  return [...times].map(([target, found]) => ({ target: target.name, startMs: median(found) }));
}

/** All loads take turns too, so that each has as many windows when the time is over. */
async function measureMatrix(servers: readonly Server[], kakao: FakeKakao): Promise<LoginResult[]> {
  const logins = count(options.logins, 1_000);
  const pairs = (options.full ? full : short).flatMap((load) => servers.map((server) => ({ load, server })));
  const windows = await alternate(pairs, { rounds, until: at(0.7) }, ({ load, server }) =>
    measureLogins(server, kakao, { ...load, logins }),
  );
  return [...windows].map(([{ load, server }, found]) => {
    return { target: server.target.name, load, windows: found.length, window: medians(found) };
  });
}

async function measureBesideOthers(kakao: FakeKakao): Promise<Omit<Results, 'machine'>> {
  const targets = targetsOf(options.only?.split(','));
  buildTargets(targets);
  const servers: Server[] = [];
  try {
    const started = await startAll(targets, kakao, servers);
    const logins = await measureMatrix(servers, kakao);
    say('logins: measured');
    const checks = await measureChecks(servers, kakao, { rounds, until: at(0.85), times: 4_000 });
    say('session checks: measured');
    const [ours, bare] = ['ours', 'bare-next'].map((id) => servers.find(({ target }) => target.id === id));
    const view = { rounds, until: at(0.95), times: 400 };
    const pages = ours && bare ? { pages: await measurePages({ ours, bare }, kakao, view) } : {};
    return { logins, checks, ...pages, starts: started };
  } finally {
    for (const server of servers) await server.stop();
  }
}

async function measureGrowthOf(ours: Target, kakao: FakeKakao): Promise<Omit<Results, 'machine'>> {
  const sizes = options.sizes.split(',').map(Number);
  const bounds = { rounds, until: Number.POSITIVE_INFINITY, logins: count(options.logins, 500) };
  return { growth: await measureGrowth(ours, kakao, { sizes, ...bounds }) };
}

async function run(subject: string | undefined, kakao: FakeKakao): Promise<Omit<Results, 'machine'>> {
  const [ours, bare] = targetsOf(['ours']);
  if (!ours || !bare) throw new Error('there is nothing to measure');
  if (subject === 'growth') return measureGrowthOf(ours, kakao);
  if (subject === 'soak') return { soak: await soak(ours, kakao, count(options.logins, 100_000)) };
  if (subject === 'profile') return { profile: await profile(ours, kakao, count(options.logins, 4_000)) };
  if (subject === 'guard') {
    buildTargets([bare]);
    const size = { logins: count(options.logins, 600), warmup: count(options.warmup, 1_000) };
    if (!(await guard({ ours, bare }, kakao, { ...size, record: options.record }))) process.exitCode = 1;
    return {};
  }
  if (subject !== undefined)
    throw new RangeError(`no subject ${subject}: growth, soak, profile, guard, emulator`);
  const results = await measureBesideOthers(kakao);
  if (!options.full) return results;
  return {
    ...results,
    ...(await measureGrowthOf(ours, kakao)),
    soak: await soak(ours, kakao, 100_000),
  };
}

function failuresIn({
  logins = [],
  checks = [],
  pages = [],
  growth = [],
  soak: steps = [],
}: Results): number {
  const windows = [...logins, ...checks, ...pages].map(({ window }) => window);
  const grown = growth.flatMap((one) => [one.logins, one.checks]);
  return [...windows, ...grown, ...steps].reduce((sum, { failed }) => sum + failed, 0);
}

const kakao = await startKakao();
try {
  const results: Results = { machine, ...(await run(positionals[0], kakao)) };
  if (positionals[0] !== 'guard') process.stdout.write(`\n${tables(results)}`);
  if (failuresIn(results) > 0) process.exitCode = 1;
  if (options.out !== undefined) {
    mkdirSync(options.out, { recursive: true });
    const file = join(options.out, `${positionals[0] ?? 'logins'}.json`);
    writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
    if (results.logins) writeFileSync(join(options.out, 'chart.svg'), chart(results.logins));
  }
} finally {
  kakao.close();
}
