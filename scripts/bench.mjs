// npm run bench: whole logins against the local Kakao, beside a bare Next.js handler that checks nothing.
import { spawnSync } from 'node:child_process';
import { ROOT } from './root.mjs';
import { setUp } from './setup.mjs';

await setUp();
const args = ['--import', 'tsx', 'bench/main.ts', ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
