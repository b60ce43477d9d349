import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError } from '../plain-error.mjs';
import { run, toolCommand } from '../run/tool.mjs';
import { fingerprint, isStamped, stamp, unstamp } from './stamp.mjs';

const STEP = 'local-kakao';
const SOURCES = [
  'emulator/src',
  'emulator/tsconfig.json',
  'emulator/package.json',
  'node_modules/typescript/package.json',
];

/** Compiles the local Kakao, emulator/src to emulator/dist, when its source changed. */
export async function buildLocalKakao(root, say) {
  const wanted = fingerprint(root, SOURCES);
  const dist = join(root, 'emulator', 'dist');
  if (existsSync(join(dist, 'main.js')) && isStamped(root, STEP, wanted)) return;
  unstamp(root, STEP);
  rmSync(dist, { recursive: true, force: true });
  const { code, output } = await run(...toolCommand('tsc', ['-p', 'emulator'], root), { cwd: root });
  if (code !== 0) {
    console.error(output.trimEnd());
    throw new PlainError('The local Kakao could not be compiled: correct emulator/src as told above.');
  }
  stamp(root, STEP, wanted);
  say('Built the local Kakao.');
}
