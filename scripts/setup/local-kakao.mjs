import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError } from '../plain-error.mjs';
import { run } from '../run/tool.mjs';
import { fingerprint, isStamped, stamp, unstamp } from './stamp.mjs';

const STEP = 'local-kakao';
const SOURCES = [
  'emulator/src',
  'emulator/doctor',
  'emulator/build.mjs',
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
  const { code, output } = await run(process.execPath, ['emulator/build.mjs'], { cwd: root });
  if (code !== 0) {
    console.error(output.trimEnd());
    throw new PlainError('The local Kakao could not be compiled: correct emulator/src as told above.');
  }
  stamp(root, STEP, wanted);
  say('Built the local Kakao.');
}
