import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { PlainError, ROOT } from './command.mjs';

/**
 * The environment as Next sees it: `.env` files under the real environment, by Next's own loader. White space around a
 * value is dropped; an empty one counts as unset and is left out. Leaves `process.env` as it was, so that children start from the real one.
 *
 * @param {{ dev: boolean, root?: string }} options
 * @returns {Promise<Record<string, string>>}
 */
export async function readEnv({ dev, root = ROOT }) {
  // Not at the top of the file: it is there only after the dependencies are installed.
  const { default: nextEnv } = await import('@next/env');
  const quiet = { info() {}, error: console.error };
  const { combinedEnv } = nextEnv.loadEnvConfig(root, dev, quiet, true);
  const seen = Object.entries(combinedEnv)
    .map(([name, value]) => [name, value.trim()])
    .filter(([name, value]) => value !== '' && name !== '__NEXT_PROCESSED_ENV');
  nextEnv.resetEnv();
  delete process.env.__NEXT_PROCESSED_ENV;
  return Object.fromEntries(seen);
}

/**
 * The SQLite file that a DATABASE_URL means; a relative path starts at the root of the project.
 *
 * @param {string} [url]
 */
export function sqliteFile(url = 'file:./data/kakao-login.db', root = ROOT) {
  if (!/^file:./.test(url)) {
    throw new PlainError('DATABASE_URL is not usable: it must look like file:./data/kakao-login.db.');
  }
  return resolve(root, url.replace(/^file:/, ''));
}

/**
 * The port in an environment variable, or the default.
 *
 * @param {Record<string, string | undefined>} env
 */
export function readPort(env, name, fallback) {
  const text = env[name] || String(fallback);
  const port = Number(text);
  if (/^\d+$/.test(text) && port > 0 && port < 65_536) return port;
  throw new PlainError(`${name} is not a port: give a number from 1 to 65535, such as ${name}=${fallback}.`);
}

/**
 * The environment without a HOSTNAME that nobody chose: containers and some shells set it to the machine's own name,
 * and a server bound to that does not answer on localhost.
 *
 * @param {Record<string, string | undefined>} env
 */
export function withoutMachineName(env) {
  const { HOSTNAME, ...others } = env;
  return HOSTNAME === undefined || HOSTNAME === hostname() ? others : env;
}
