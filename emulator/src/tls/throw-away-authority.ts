import { generateKeyPairSync } from 'node:crypto';
import { isIP } from 'node:net';
import type { Der } from './certificate.ts';
import {
  authorityExtensions,
  dnsName,
  ipAddress,
  issueCertificate,
  serverExtensions,
} from './certificate.ts';

/** The certificate and private key of a TLS server; both PEM. */
export interface ServerIdentity {
  readonly cert: string;
  readonly key: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const LIFETIME_DAYS = 90;

/**
 * A certificate for these hosts (names or addresses), and the one that clients have to trust for it. The key that signed
 * is forgotten on return, so nobody can make a further certificate with it.
 */
export function identityFor(hosts: readonly string[], at: number): { identity: ServerIdentity; ca: string } {
  const authority = newKeys();
  const issuer = { name: `kakao-emulator throw-away CA ${new Date(at).toISOString()}`, ...authority };
  const server = newKeys();
  const common = {
    issuer,
    notBefore: new Date(at - DAY_MS),
    notAfter: new Date(at + LIFETIME_DAYS * DAY_MS),
  };
  return {
    ca: issueCertificate({
      ...common,
      subject: issuer.name,
      publicKey: authority.publicKey,
      extensions: authorityExtensions(hosts.map(permittedName)),
    }),
    identity: {
      cert: issueCertificate({
        ...common,
        subject: hosts[0] ?? 'localhost',
        publicKey: server.publicKey,
        extensions: serverExtensions(hosts.map(generalName)),
      }),
      key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
  };
}

function newKeys() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function generalName(host: string): Der {
  return isIP(host) === 0 ? dnsName(host) : ipAddress(addressBytes(host));
}

function permittedName(host: string): Der {
  if (isIP(host) === 0) return dnsName(host);
  const bytes = addressBytes(host);
  return ipAddress(Buffer.concat([bytes, Buffer.alloc(bytes.length, 0xff)]));
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = address.split('::');
  const [before, after] = [groups(head), groups(tail ?? '')];
  const gap = Array<number>(8 - before.length - after.length).fill(0);
  return Buffer.from([...before, ...gap, ...after].flatMap((group) => [group >> 8, group & 0xff]));
}

function groups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
