import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { PlainError } from './command.mjs';
import { readPort } from './environment.mjs';

const LOOPBACK = /^(localhost|.*\.localhost|127(\.\d+){3}|::1)$/;

/**
 * Where `npm run dev` serves the app, and where people open it. An address of this machine in NEXTAUTH_URL is listened
 * on, so that a phone in the same network can open it; what will not work is said in `notes`.
 *
 * @param {Record<string, string | undefined>} env
 * @param {{ addresses?: string[] }} [machine] the addresses that this machine has
 * @returns {Promise<{ port: number, publicUrl: string, hostname?: string, isShared: boolean, notes: string[] }>}
 *   `hostname` is what the app listens on, loopback if undefined; `isShared` with other devices
 */
export async function devAddress(env, { addresses = ownAddresses() } = {}) {
  const url = env.NEXTAUTH_URL === undefined ? undefined : readOrigin(env.NEXTAUTH_URL);
  const host = url?.hostname.replace(/^\[|\]$/g, '');
  const loopback = host === undefined || LOOPBACK.test(host);
  const address = url?.protocol === 'http:' && !loopback ? await addressOf(host) : undefined;
  const isHere = addresses.includes(address);
  // Behind a proxy or a tunnel the port of the address is not ours.
  const direct = url?.protocol === 'http:' && (loopback || isHere);
  const port = readPort(env, 'PORT', (direct && url.port) || 3000);
  const publicUrl = url?.origin ?? `http://localhost:${port}`;
  const hostname = env.HOSTNAME ?? (isHere ? address : undefined);
  const notes = notesOn({ url, port, direct, loopback, addresses, hostname });
  return { port, publicUrl, hostname, isShared: isHere, notes };
}

function notesOn({ url, port, direct, loopback, addresses, hostname }) {
  if (url !== undefined && !direct) {
    return [
      `NEXTAUTH_URL (${url.origin}) is not an address of this machine: the app listens on port ${port} for a proxy or tunnel there, and a local Kakao can only be opened on this machine.`,
    ];
  }
  if (direct && Number(url.port || 80) !== port) {
    return [`NEXTAUTH_URL (${url.origin}) has another port than the app, which listens on ${port}.`];
  }
  if (loopback && hostname !== undefined && !LOOPBACK.test(hostname)) {
    const [own = '192.168.0.10'] = addresses;
    const host = own.includes(':') ? `[${own}]` : own;
    return [
      `Other devices are sent to localhost, which they are themselves: to open the app there, set NEXTAUTH_URL=http://${host}:${port}.`,
    ];
  }
  return [];
}

function readOrigin(text) {
  if (/^https?:\/\/[^\s/?#\\@]+\/?$/i.test(text) && URL.canParse(text)) return new URL(text);
  throw new PlainError('NEXTAUTH_URL must be an origin such as http://localhost:3000, without a path.');
}

async function addressOf(host) {
  try {
    return (await lookup(host)).address;
  } catch {
    return undefined;
  }
}

/** The addresses that other machines reach this one at. */
function ownAddresses() {
  const all = Object.values(networkInterfaces()).flat();
  return all.filter(({ internal, scopeid }) => !internal && !scopeid).map(({ address }) => address);
}
