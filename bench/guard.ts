import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FakeKakao } from './kakao.ts';
import { measureLogins } from './logins.ts';
import { type Server, startServer } from './server.ts';
import type { Target } from './targets.ts';
import { median } from './windows.ts';

const file = join('bench', 'guard.json');
const windows = 3;
const tolerance = 1.4;

/**
 * CPU time of a login over that of a login at bare Next.js, best of three windows in turn, against what is recorded:
 * true when it is at most 40 % more. `record` writes what was measured instead.
 */
export async function guard(
  { ours, bare }: { readonly ours: Target; readonly bare: Target },
  kakao: FakeKakao,
  { logins, warmup, record }: { readonly logins: number; readonly warmup: number; readonly record: boolean },
): Promise<boolean> {
  const servers: Server[] = [];
  try {
    for (const target of [ours, bare]) {
      const server = await startServer(target, kakao.origin);
      servers.push(server);
      await cpuOf(server, kakao, warmup);
    }
    const ratios: number[] = [];
    for (let at = 0; at < windows; at += 1) {
      const cpu: number[] = [];
      for (const server of servers) cpu.push(await cpuOf(server, kakao, logins));
      const [own = Number.NaN, bareNext = Number.NaN] = cpu;
      ratios.push(own / bareNext);
    }
    return judge(ratios, record);
  } finally {
    for (const server of servers) await server.stop();
  }
}

/** CPU time of a login. @throws Error when one has failed */
async function cpuOf(server: Server, kakao: FakeKakao, logins: number): Promise<number> {
  const load = { browsers: 16, kakaoMs: 0, people: 'returning', logins } as const;
  const { loginsPerCore, failed } = await measureLogins(server, kakao, load);
  if (failed > 0) throw new Error(`${failed} of ${logins} logins failed at ${server.target.name}`);
  return 1 / loginsPerCore;
}

function judge(ratios: readonly number[], record: boolean): boolean {
  const shown = ratios.map((ratio) => ratio.toFixed(2)).join(', ');
  process.stdout.write(`CPU time of a login, over that of a bare Next.js handler: ${shown}\n`);
  if (record) {
    writeFileSync(
      file,
      `${JSON.stringify({ cpuOverBareNext: Number(median(ratios).toFixed(2)) }, null, 2)}\n`,
    );
    return true;
  }
  const { cpuOverBareNext: recorded } = JSON.parse(readFileSync(file, 'utf8')) as { cpuOverBareNext: number };
  const isGood = Math.min(...ratios) <= recorded * tolerance;
  const limit = (recorded * tolerance).toFixed(2);
  process.stdout.write(`recorded: ${recorded}; the best of them must be at most ${limit}\n`);
  process.stdout.write(isGood ? '1 passed, 0 failed\n' : '0 passed, 1 failed\n');
  return isGood;
}
