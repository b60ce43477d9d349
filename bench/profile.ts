import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FakeKakao } from './kakao.ts';
import { measureLogins } from './logins.ts';
import { startServer } from './server.ts';
import type { Target } from './targets.ts';

const warmUp = 1_500;

/** Part of the time (self time, without what is idle; a wait for the disk counts), 0 to 1. */
export interface Share {
  readonly name: string;
  readonly share: number;
}

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  /** Microseconds of the clock that `process.hrtime` reads. */
  readonly startTime: number;
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Where the time of a login goes: the V8 profile of a warm server during so many logins. */
export async function profile(
  target: Target,
  kakao: FakeKakao,
  logins: number,
): Promise<{ functions: Share[]; parts: Share[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'kakao-login-profile-'));
  try {
    const nodeArgs = ['--cpu-prof', `--cpu-prof-dir=${folder}`];
    const server = await startServer(target, kakao.origin, { nodeArgs });
    const load = { browsers: 16, kakaoMs: 0, people: 'returning' } as const;
    await measureLogins(server, kakao, { ...load, logins: warmUp });
    const begun = Number(process.hrtime.bigint() / 1_000n);
    await measureLogins(server, kakao, { ...load, logins });
    const ended = Number(process.hrtime.bigint() / 1_000n);
    await server.stop('SIGTERM');
    const [name = ''] = readdirSync(folder);
    return sharesOf(JSON.parse(readFileSync(join(folder, name), 'utf8')), begun, ended);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sharesOf({ nodes, startTime, samples, timeDeltas }: CpuProfile, begun: number, ended: number) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const [functions, parts] = [new Map<string, number>(), new Map<string, number>()];
  let now = startTime;
  for (const [at, id] of samples.entries()) {
    now += timeDeltas[at] ?? 0;
    const frame = frames.get(id);
    if (!frame || frame.functionName === '(idle)' || now < begun || now > ended) continue;
    const part = partOf(frame.functionName, frame.url);
    const name = frame.functionName.startsWith('(')
      ? frame.functionName
      : `${frame.functionName || '(anonymous)'}, ${part}`;
    const time = timeDeltas[at] ?? 0;
    functions.set(name, (functions.get(name) ?? 0) + time);
    parts.set(part, (parts.get(part) ?? 0) + time);
  }
  return { functions: ranked(functions), parts: ranked(parts) };
}

function ranked(times: ReadonlyMap<string, number>): Share[] {
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times]
    .map(([name, time]) => ({ name, share: time / total }))
    .sort((a, b) => b.share - a.share)
    .slice(0, 15);
}

/** Whose code it is: a package, Node, this app. */
function partOf(name: string, url: string): string {
  const inPackage = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (inPackage) return inPackage;
  if (url.startsWith('node:')) return url.replace(/^node:(internal\/)?/, 'node:').split('/')[0] ?? 'node';
  if (url.includes('/.next/front/')) return 'this app';
  if (url.includes('/.next/')) return "this app in Next's bundle";
  return name.startsWith('(') ? name : 'V8 and native code';
}
