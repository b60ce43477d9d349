import { hostname } from 'node:os';

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
