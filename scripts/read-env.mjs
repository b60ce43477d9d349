import { ROOT } from './root.mjs';

/**
 * The environment as Next sees it: `.env` files under the real environment, by Next's own loader. An empty value
 * counts as unset and is left out. Leaves `process.env` as it was, so that children start from the real one.
 *
 * @param {{ dev: boolean, root?: string }} options
 * @returns {Promise<Record<string, string>>}
 */
export async function readEnv({ dev, root = ROOT }) {
  // Not at the top of the file: it is there only after the dependencies are installed.
  const { default: nextEnv } = await import('@next/env');
  const quiet = { info() {}, error: console.error };
  const { combinedEnv } = nextEnv.loadEnvConfig(root, dev, quiet, true);
  const seen = Object.entries(combinedEnv).filter(
    ([name, value]) => value !== '' && name !== '__NEXT_PROCESSED_ENV',
  );
  nextEnv.resetEnv();
  delete process.env.__NEXT_PROCESSED_ENV;
  return Object.fromEntries(seen);
}
