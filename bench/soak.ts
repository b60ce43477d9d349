import type { FakeKakao } from './kakao.ts';
import { measureLogins } from './logins.ts';
import { startServer } from './server.ts';
import type { Target } from './targets.ts';

/** Resident memory after so many logins in all. */
export interface SoakStep {
  readonly logins: number;
  readonly residentMb: number;
  readonly failed: number;
}

const steps = 20;

/** Logs in so many people, each for the first time and from an address of their own, and reads the memory of the server. */
export async function soak(target: Target, kakao: FakeKakao, logins: number): Promise<SoakStep[]> {
  const server = await startServer(target, kakao.origin);
  const found: SoakStep[] = [];
  const each = Math.ceil(logins / steps);
  try {
    for (let at = 1; at <= steps; at += 1) {
      const load = { browsers: 16, kakaoMs: 0, people: 'new', logins: each } as const;
      const { residentMb, failed } = await measureLogins(server, kakao, load);
      found.push({ logins: at * each, residentMb, failed });
      process.stderr.write(`${at * each} logins: ${residentMb.toFixed(0)} MB\n`);
    }
  } finally {
    await server.stop();
  }
  return found;
}
