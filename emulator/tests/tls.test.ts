import { execFile } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type PeerCertificate } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../src/index.ts';
import { identityFor } from '../src/tls/throw-away-authority.ts';

const folder = mkdtempSync(join(tmpdir(), 'kakao-tls-'));
const caFile = join(folder, 'ca.pem');
let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ port: 0, tls: {} });
  writeFileSync(caFile, String(emulator.tls?.ca));
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

const tlsPort = () => Number(new URL(String(emulator.tls?.url)).port);

/** The certificate that a client accepts under this name; rejects where it does not. */
function shakeHands(
  host: string,
  servername: string,
  ca: string | null | undefined,
): Promise<PeerCertificate> {
  const name = servername === '' ? {} : { servername };
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: tlsPort(), ...name, ...(ca ? { ca } : {}) }, () => {
      resolve(socket.getPeerCertificate());
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

/** What `/.well-known/openid-configuration` says under a host name, over TLS. */
function discoveryAt(host: string): Promise<Record<string, unknown>> {
  const options = { host: '127.0.0.1', port: tlsPort(), servername: host, headers: { host } };
  return new Promise((resolve, reject) => {
    const path = '/.well-known/openid-configuration';
    request({ ...options, path, ca: emulator.tls?.ca ?? '' }, async (response) => {
      response.setEncoding('utf8');
      resolve(JSON.parse((await response.toArray()).join('')));
    })
      .once('error', reject)
      .end();
  });
}

describe('a TLS client refuses the emulator', () => {
  it('that it has not been told to trust', async () => {
    await expect(shakeHands('127.0.0.1', 'localhost', null)).rejects.toThrow(/self-signed|verify/);
  });

  it('when it trusts another start of it', async () => {
    const { ca } = identityFor(['localhost'], Date.now());
    await expect(shakeHands('127.0.0.1', 'localhost', ca)).rejects.toThrow(/self-signed|signature|verify/);
  });

  it('under any other name, even of Kakao', async () => {
    for (const name of ['example.com', 'developers.kakao.com', 'kauth.kakao.com.example.com']) {
      await expect(shakeHands('127.0.0.1', name, emulator.tls?.ca)).rejects.toThrow('does not match');
    }
  });
});

describe('a TLS client that trusts it', () => {
  it.each(['localhost', 'kauth.kakao.com', 'kapi.kakao.com', 'accounts.kakao.com'])(
    'accepts it as %s',
    async (name) => {
      const { subjectaltname } = await shakeHands('127.0.0.1', name, emulator.tls?.ca);
      expect(subjectaltname).toContain(`DNS:${name}`);
    },
  );

  it.each(['127.0.0.1', '::1'])('accepts it as the address %s', async (address) => {
    expect((await shakeHands(address, '', emulator.tls?.ca)).subjectaltname).toContain(
      'IP Address:127.0.0.1',
    );
  });

  it('is given addresses of the TLS port, and Kakao’s own under Kakao’s names', async () => {
    const url = emulator.tls?.url;
    expect(await discoveryAt('localhost')).toMatchObject({
      issuer: url,
      token_endpoint: `${url}/oauth/token`,
    });
    expect((await discoveryAt('kauth.kakao.com'))['issuer']).toBe('https://kauth.kakao.com');
  });
});

describe('the certificates', () => {
  const at = Date.parse('2026-03-02T04:11:52Z');
  const { identity, ca } = identityFor(['localhost', '127.0.0.1', '::1', '2001:db8::7:1', 'kakao.test'], at);
  const server = new X509Certificate(identity.cert);
  const authority = new X509Certificate(ca);

  it('are one of an authority and one that it signed for a server', () => {
    expect([authority.ca, server.ca]).toEqual([true, false]);
    expect(server.checkIssued(authority)).toBe(true);
    expect(server.verify(authority.publicKey)).toBe(true);
    expect(authority.verify(authority.publicKey)).toBe(true);
    expect(server.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  });

  it('name every host and address and no other', () => {
    for (const host of ['localhost', 'kakao.test']) expect(server.checkHost(host)).toBe(host);
    for (const ip of ['127.0.0.1', '::1', '2001:db8::7:1']) expect(server.checkIP(ip)).toBe(ip);
    expect(server.checkHost('other.test')).toBeUndefined();
    expect(server.checkIP('127.0.0.2')).toBeUndefined();
  });

  it('live for 90 days', () => {
    expect(Date.parse(server.validFrom)).toBe(at - 24 * 60 * 60 * 1000);
    expect(Date.parse(server.validTo)).toBe(at + 90 * 24 * 60 * 60 * 1000);
  });

  it('never let the authority’s private key out', () => {
    expect(ca).not.toContain('PRIVATE');
    expect(authority.checkPrivateKey(createPrivateKey(identity.key))).toBe(false);
    expect(identity.key.match(/PRIVATE KEY/g)).toHaveLength(2);
  });

  it('are new at every start', () => {
    expect(identityFor(['localhost'], at).ca).not.toBe(ca);
    expect(authority.serialNumber).not.toBe(server.serialNumber);
  });
});

describe('TLS at start', () => {
  it('takes an identity that somebody brings', async () => {
    const brought = identityFor(['kakao.test'], Date.now());
    const other = await startEmulator({ port: 0, tls: { identity: brought.identity } });
    expect(other.tls?.ca).toBeNull();
    const { port } = new URL(String(other.tls?.url));
    const subject = await new Promise((resolve, reject) => {
      const socket = connect({ port: Number(port), servername: 'kakao.test', ca: brought.ca }, () => {
        resolve(socket.getPeerCertificate().subject.CN);
        socket.destroy();
      });
      socket.once('error', reject);
    });
    expect(subject).toBe('kakao.test');
    await other.close();
  });

  it('fails for a key that is another’s, and leaves no port open', async () => {
    const [one, two] = [identityFor(['a.test'], Date.now()), identityFor(['b.test'], Date.now())];
    const mixed = { cert: one.identity.cert, key: two.identity.key };
    const spare = await startEmulator({ port: 0 });
    const { port } = new URL(spare.url);
    await spare.close();
    await expect(startEmulator({ port: Number(port), tls: { port: 0, identity: mixed } })).rejects.toThrow(
      'key values mismatch',
    );
    await (await startEmulator({ port: Number(port) })).close();
  });
});

describe('an unmodified Node client with --import kakao-emulator/redirect', () => {
  const redirect = fileURLToPath(new URL('../src/redirect.ts', import.meta.url));
  const run = promisify(execFile);

  /** Runs a script; the emulator is trusted unless `env` says otherwise. */
  const script = (code: string, env: Record<string, string> = {}) =>
    run(process.execPath, ['--import', 'tsx', '--import', redirect, '--input-type=module', '--eval', code], {
      env: {
        ...process.env,
        NODE_EXTRA_CA_CERTS: caFile,
        KAKAO_EMULATOR_TLS_URL: String(emulator.tls?.url),
        ...env,
      },
    });

  it('does not trust it by that alone', async () => {
    const code = `await fetch('https://kauth.kakao.com/.well-known/jwks.json').then(() => 0, (e) => console.log(e.cause.code))`;
    const { stdout } = await script(code, { NODE_EXTRA_CA_CERTS: '' });
    expect(stdout).toMatch(/SELF_SIGNED|UNABLE_TO_VERIFY/);
  }, 20_000);

  it('reaches it with fetch, node:https and a plain socket, and other hosts as before', async () => {
    const { stdout } = await script(`
      import https from 'node:https';
      import net from 'node:net';
      import tls from 'node:tls';
      const found = await fetch('https://kauth.kakao.com/.well-known/openid-configuration');
      console.log((await found.json()).userinfo_endpoint);
      https.get('https://kapi.kakao.com/v2/user/me', (answer) => console.log(answer.statusCode, answer.resume().req.host));
      tls.connect(443, 'kapi.kakao.com', { servername: 'kapi.kakao.com' }, function () {
        console.log('socket', this.authorized);
        this.destroy();
      });
      net.connect(80, 'kauth.kakao.com').once('connect', function () {
        console.log('plain', this.remotePort);
        this.destroy();
      });
      console.log('own', (await fetch('${emulator.url}/v2/user/me')).status);
    `);
    const lines = stdout.trim().split('\n').sort();
    expect(lines).toEqual([
      '401 kapi.kakao.com',
      'https://kapi.kakao.com/v1/oidc/userinfo',
      'own 401',
      `plain ${tlsPort()}`,
      'socket true',
    ]);
  }, 20_000);
});
