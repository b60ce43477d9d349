import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readDoctorFlags } from '../../doctor/command-line.ts';
import { doctor, reportText } from '../../doctor/doctor.ts';
import type { Report } from '../../doctor/examine.ts';
import { startCarelessApp } from '../../examples/careless/server.mjs';
import { type Emulator, startEmulator } from '../../src/index.ts';

let emulator: Emulator;
let careless: { url: string; close: () => Promise<void> };
const servers: Server[] = [];

beforeAll(async () => {
  emulator = await startEmulator({ port: 0 });
  careless = await startCarelessApp({ kakao: emulator.url });
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});
afterAll(async () => {
  await Promise.all([careless.close(), emulator.close()]);
});

async function run(...args: string[]) {
  const output = { out: '', err: '' };
  const code = await doctor(args, {
    write: (text) => {
      output.out += text;
    },
    note: (text) => {
      output.err += text;
    },
  });
  return { code, ...output };
}

/** An app of one line: what its only page answers. */
async function app(status: number, headers: Record<string, string>, body = ''): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status, headers).end(body));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

const authorize = (query: Record<string, string>) =>
  `${emulator.url}/oauth/authorize?${new URLSearchParams({ response_type: 'code', ...query })}`;

describe('the command line is refused', () => {
  it.each([
    [[], 'name one address'],
    [['http://localhost:1', 'http://localhost:2'], 'name one address'],
    [['localhost:3000'], 'no http(s) URL'],
    [['http://localhost:1', '--kakao', 'kakao'], 'no http(s) URL'],
    [['http://localhost:1', '--origin', 'x'], 'no http(s) URL'],
    [['http://localhost:1', '--port', '70000'], 'no port'],
    [['http://localhost:1', '--header', 'nothing'], 'NAME: VALUE'],
    [['http://localhost:1', '--wat'], '--wat'],
  ])('%j', (args, reason) => {
    expect(readDoctorFlags(args)).toMatchObject({ kind: 'wrong', reason: expect.stringContaining(reason) });
  });

  it('with exit code 2 and the usage', async () => {
    const { code, out, err } = await run('--wat');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('Usage: kakao-emulator doctor URL');
  });
});

describe('an app cannot be examined, exit code 2,', () => {
  const without = async (url: string, ...more: string[]) => {
    const { code, out, err } = await run(url, '--kakao', emulator.url, ...more);
    expect([code, out]).toEqual([2, '']);
    return err;
  };

  it('that is not there', async () => {
    expect(await without('http://localhost:9')).toMatch(/no app answers at http:\/\/localhost:9/);
  });

  it('whose Kakao is not there', async () => {
    const { code, err } = await run(careless.url, '--kakao', 'http://localhost:9');
    expect([code, err]).toEqual([2, expect.stringContaining('no local Kakao answers at http://localhost:9')]);
  });

  it('with a Kakao of doctor’s own on a port that is taken', async () => {
    const { port } = new URL(emulator.url);
    const { code, err } = await run(careless.url, '--port', port);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining(`name it with --kakao http://localhost:${port}`),
    ]);
  });

  it('that goes to another Kakao', async () => {
    const url = await app(302, { location: 'https://kakao.example/oauth/authorize?client_id=1' });
    expect(await without(url)).toContain('it leads to https://kakao.example/oauth/authorize');
  });

  it('that has no login', async () => {
    expect(await without(await app(200, {}, 'hello'))).toContain('--login PATH');
  });

  it('with a key that this Kakao does not know', async () => {
    const url = await app(302, {
      location: authorize({ client_id: 'mine', redirect_uri: 'http://localhost/cb' }),
    });
    expect(await without(url)).toMatch(/uses the REST API key mine; this Kakao knows 1d0ca1a1/);
  });

  it('that comes back at an origin that was not named', async () => {
    const query = { client_id: emulator.apps()[0]?.clientId ?? '', redirect_uri: 'http://localhost:8080/cb' };
    expect(await without(await app(302, { location: authorize(query) }))).toContain(
      '--origin http://localhost:8080',
    );
  });

  it('that exchanges no code', async () => {
    const server = createServer((request, response) => {
      const redirect_uri = `http://${request.headers.host}/cb`;
      const location = authorize({ client_id: emulator.apps()[0]?.clientId ?? '', redirect_uri });
      response
        .writeHead(request.url === '/' ? 302 : 200, request.url === '/' ? { location } : {})
        .end('hello');
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://localhost:${(server.address() as AddressInfo).port}`;
    expect(await without(url)).toContain(`no token request reached ${emulator.url}`);
  });
});

describe('the doctor', () => {
  it('says how it is used', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('--unlink-webhook') });
  });

  it('ends with 0 when the cases that were wanted pass', async () => {
    const { code, out } = await run(careless.url, '--kakao', emulator.url, '--only', 'state-sent');
    expect(code).toBe(0);
    expect(out).toContain('  pass  state-sent');
    expect(out).toMatch(/\n1 passed, 0 failed, 0 not applicable \(\d+(\.\d)? s\)\n$/);
  });

  it('ends with 1 when one fails, and says what, why and how to mend it', async () => {
    const { code, out, err } = await run(careless.url, '--kakao', emulator.url, '--only', 'login-csrf-empty');
    expect(code).toBe(1);
    expect(err).toMatch(/^ {2}FAIL {2}login-csrf-empty +A stranger’s fresh callback in an empty browser\n$/);
    expect(out).toContain('\nVULNERABLE  login-csrf-empty');
    for (const label of ['sent: ', 'seen: the browser was signed in as Ben', 'why:  ', 'mend: ']) {
      expect(out).toContain(`\n  ${label}`);
    }
  });

  it('prints JSON alone for programs', async () => {
    const { out } = await run(careless.url, '--kakao', emulator.url, '--json', '--only', 'cookie-');
    const report = JSON.parse(out) as Report;
    expect(report.summary).toEqual({ pass: 0, fail: 2, notApplicable: 1 });
    expect(report.cases[0]).toEqual({
      group: 'The session',
      id: 'cookie-http-only',
      title: 'The session cookie is HttpOnly',
      kind: 'vulnerable',
      verdict: 'fail',
      sent: 'a login of Ada',
      seen: 'not HttpOnly: sid',
      why: expect.stringContaining('RFC 6265'),
      mend: 'Set HttpOnly.',
    });
  });

  it('starts a Kakao of its own when none is named, and ends it', async () => {
    const free = await startEmulator({ port: 0 });
    await free.close();
    const port = new URL(free.url).port;
    const own = await startCarelessApp({ kakao: free.url });
    expect((await run(own.url, '--port', port, '--only', 'state-sent')).code).toBe(0);
    await expect(fetch(free.url)).rejects.toThrow();
    await own.close();
  });

  it('registers the redirect URI of the app, once', async () => {
    const uris = (await fetch(`${emulator.url}/__emulator/v1/apps`).then((it) => it.json())).apps[0]
      .redirectUris;
    expect(uris.filter((uri: string) => uri === `${careless.url}/callback`)).toHaveLength(1);
  });

  it('lets what an app answers not steer the terminal', () => {
    const report = { app: '\u001b[2Jx', kakao: 'k', login: 'l', me: 'm', seconds: 1, cases: [] };
    const text = reportText({ ...report, summary: { pass: 0, fail: 0, notApplicable: 0 } });
    expect(text).toMatch(/^x at the local Kakao k\n/);
  });
});

describe('an app that lets nobody in any more', () => {
  it('does not pass by that', async () => {
    const limited = await startCarelessApp({ kakao: emulator.url, mostLogins: 6 });
    const { code, out } = await run(
      limited.url,
      '--kakao',
      emulator.url,
      '--only',
      'denied',
      '--only',
      'token-',
    );
    expect(code).toBe(1);
    expect(out).toContain('  pass  denied-under-14');
    expect(out).toContain('  FAIL  still-works');
    expect(out).not.toContain('token-500');
    await limited.close();
  });
});
