// npm run bench: whole logins against the local Kakao, beside a bare Next.js handler that checks nothing.
// npm run bench -- emulator: the local Kakao by itself.
import { spawnSync } from 'node:child_process';
import { ROOT } from './run/command.mjs';
import { setUp } from './setup.mjs';

const [subject, ...rest] = process.argv.slice(2);
const isEmulator = subject === 'emulator';
await setUp(isEmulator ? ['kakao'] : undefined);
const main = isEmulator ? ['emulator/bench/main.ts', ...rest] : ['bench/main.ts', ...process.argv.slice(2)];
const args = ['--import', 'tsx', ...main];
process.exitCode = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
