import { createServer } from 'node:net';
import { PlainError } from '../plain-error.mjs';

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

/** Throws one plain sentence when something listens there already. */
export async function checkPortIsFree(port, what, variable) {
  let free = true;
  // One after the other: two of these at once would be in each other's way.
  for (const host of ['127.0.0.1', '::1', undefined]) free &&= await canListen(port, host);
  if (free) return;
  throw new PlainError(
    `Port ${port} for ${what} is taken: stop what is using it, or choose another with ${variable}=${port + 1} npm run dev.`,
  );
}

/** A port that nothing listens on at the moment. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}

function canListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    // No IPv6 on this machine is no reason to say that the port is taken.
    server.once('error', (error) => resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
