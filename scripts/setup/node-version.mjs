import { PlainError } from '../plain-error.mjs';

const OLDEST = [20, 19];

/** @param {string} version such as `20.19.0` */
export function checkNodeVersion(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw new PlainError(
    `This needs Node ${OLDEST.join('.')} or newer and found ${version}: install Node 24 from https://nodejs.org, then try again.`,
  );
}
