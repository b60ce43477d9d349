// npm run soak: people who log in, look, log out, leave and are signed out by Kakao, while Kakao fails every fifth time and
// the server is killed every minute. `--minutes 2` is shorter.
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSqlite } from '../../lib/db/sqlite';
import { send } from '../stack/http';
import { kakaoOf } from '../stack/kakao';
import { startStack, startStacks } from '../stack/servers';
import { audit, type Figures, type Life, step } from './life';

const minuteMs = 60_000;
const people = 60;
const atOnce = 6;

const asked = process.argv.indexOf('--minutes');
const minutes = asked === -1 ? 10 : Number(process.argv[asked + 1]);
if (!(minutes > 0)) throw new Error('Give the minutes: npm run soak -- --minutes 2');

const figures: Figures = {
  webLogins: 0,
  apiLogins: 0,
  refused: 0,
  checks: 0,
  logouts: 0,
  webhooks: 0,
  withdrawals: 0,
  broken: [],
  faults: [],
};
/** The most memory that each life of the server had, in MB, and how long its health probe took at most, in ms. */
const lives: { residentMb: number; slowestProbeMs: number }[] = [];

const stopKakao = await startStacks(0);
const own = await startStack();
const kakao = kakaoOf(own.stack);
let over = false;
try {
  await kakao.sendWebhooksTo(own.stack.appUrl);
  const all: Life[] = [];
  for (let count = 0; count < people; count += 1) {
    const person = await kakao.addPerson();
    all.push({ stack: own.stack, kakao, person, figures, live: [], over: [] });
  }
  await failSometimes();
  const work = Promise.all([...Array(atOnce).keys()].map((worker) => keepBusy(all, worker)));
  const probe = watch();
  await killEveryMinute();
  over = true;
  await Promise.all([work, probe]);
  await kakao.clearFaults();
  await kakao.settled();
  for (const life of all) await audit(life);
  report();
} finally {
  over = true;
  await own.killApp();
  await own.stop();
  await stopKakao();
}

/** Every fifth call of each kind goes wrong: refused, cut off, or too late. */
async function failSometimes(): Promise<void> {
  const endpoints = [
    '/oauth/token',
    '/v2/user/me',
    '/v1/user/access_token_info',
    '/v2/user/scopes',
    '/v1/user/unlink',
  ];
  for (const [at, endpoint] of endpoints.entries()) {
    const often = { always: true, seed: at + 1 };
    await kakao.fault(endpoint, { ...often, probability: 0.1, status: 503, body: 'down' });
    await kakao.fault(endpoint, { ...often, probability: 0.07, reset: true });
    await kakao.fault(endpoint, { ...often, probability: 0.05, delayMs: 4_000 });
  }
}

/** The people of one worker, in turn; whatever is not answered was not acknowledged. */
async function keepBusy(all: readonly Life[], worker: number): Promise<void> {
  const mine = all.filter((_, at) => at % atOnce === worker);
  for (let turn = 0; !over; turn += 1) {
    const life = mine[turn % mine.length];
    if (life) {
      await step(life).catch(() => {
        figures.refused += 1;
      });
    }
    // Otherwise the tests would be what is measured.
    await sleep(20);
  }
}

async function killEveryMinute(): Promise<void> {
  const end = Date.now() + minutes * minuteMs;
  lives.push({ residentMb: 0, slowestProbeMs: 0 });
  while (Date.now() < end) {
    await sleep(Math.min(minuteMs, end - Date.now()));
    if (end - Date.now() < minuteMs / 2) continue;
    await own.killApp();
    await own.restartApp();
    lives.push({ residentMb: 0, slowestProbeMs: 0 });
  }
}

/** Memory and liveness, four times a second, as long as there is a server. */
async function watch(): Promise<void> {
  while (!over) {
    await sleep(250);
    const life = lives.at(-1);
    if (!life) continue;
    const begun = Date.now();
    const answer = await send(`${own.stack.appUrl}/api/health/live`).catch(() => null);
    if (answer?.status === 200) life.slowestProbeMs = Math.max(life.slowestProbeMs, Date.now() - begun);
    life.residentMb = Math.max(life.residentMb, residentMb(own.appPid()));
  }
}

function residentMb(pid: number | undefined): number {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Math.round(Number(stdout.trim()) / 1_024);
}

function report(): void {
  const db = openSqlite(own.stack.databaseFile, { timeout: 5_000 });
  const one = (sql: string) => String(db.prepare(sql).all([])[0]?.[0]);
  const duplicates = one('SELECT count(*) - count(DISTINCT kakaoId) FROM User');
  const integrity = one('PRAGMA integrity_check');
  const stuck = one('SELECT count(*) FROM WebhookEvent WHERE settledAt IS NULL');
  db.close();
  const { broken, faults, ...counts } = figures;
  const memory = lives.map(({ residentMb: mb }) => mb);
  const isFlat = Math.max(...memory) - Math.min(...memory) < 80;
  const checks: readonly (readonly [string, boolean, string])[] = [
    ['no acknowledged login or sign-out was lost', broken.length === 0, broken.slice(0, 5).join('; ')],
    ['no answer was a 500', faults.length === 0, faults.slice(0, 5).join('; ')],
    ['no user is there twice', duplicates === '0', duplicates],
    ['no event that was acknowledged is without effect', stuck === '0', stuck],
    ['the database is whole', integrity === 'ok', integrity],
    ['memory is flat', isFlat, memory.join(', ')],
  ];
  console.log(`\n${minutes} minutes, ${lives.length - 1} kills`);
  console.log(
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(' · '),
  );
  console.log(`memory of each life, MB: ${memory.join(' ')}`);
  console.log(`slowest health probe of each life, ms: ${lives.map((life) => life.slowestProbeMs).join(' ')}`);
  for (const [what, holds, seen] of checks)
    console.log(`${holds ? 'yes' : 'NO '} ${what}${holds ? '' : `: ${seen}`}`);
  const failed = checks.filter(([, holds]) => !holds).length;
  console.log(`${checks.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}
