import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the fingerprint of a step's last success is kept; `npm ci` removes it together with what it describes. */
const stampFile = (root, step) => join(root, 'node_modules', '.cache', 'kakao-login', step);

/** SHA-256 over the given files, the files of the given folders, and extra words; missing ones count as such. */
export function fingerprint(root, paths, extra = []) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((path) => filesIn(root, path))) {
    hash
      .update(`${path}\0`)
      .update(read(join(root, path)))
      .update('\0');
  }
  return hash.update(extra.join('\0')).digest('hex');
}

export function isStamped(root, step, value) {
  return read(stampFile(root, step)).toString() === value;
}

export function stamp(root, step, value) {
  mkdirSync(dirname(stampFile(root, step)), { recursive: true });
  writeFileSync(stampFile(root, step), value);
}

export function unstamp(root, step) {
  rmSync(stampFile(root, step), { force: true });
}

function filesIn(root, path) {
  if (!statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesIn(root, `${path}/${name}`));
}

function read(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return Buffer.from('(missing)');
    throw error;
  }
}
