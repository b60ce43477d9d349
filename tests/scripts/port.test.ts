import { createServer } from 'node:net';
import { hostname } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { withoutMachineName } from '../../scripts/run/host-name.mjs';
import { checkPortIsFree, freePort, readPort } from '../../scripts/run/port.mjs';

async function listen(host: string): Promise<number> {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  onTestFinished(() => void server.close());
  return port;
}

describe('a port', () => {
  it.each(['127.0.0.1', '0.0.0.0'])('that is taken on %s is named, with a way out', async (host) => {
    const port = await listen(host);
    await expect(checkPortIsFree(port, 'the app', 'PORT')).rejects.toThrow(
      `Port ${port} for the app is taken: stop what is using it, or choose another with PORT=${port + 1} npm run dev.`,
    );
  });

  it('that is free is accepted', async () => {
    await expect(checkPortIsFree(await freePort(), 'the app', 'PORT')).resolves.toBeUndefined();
  });

  it.each(['0', '65536', '80x', '-1'])('%s is refused', (PORT) => {
    expect(() => readPort({ PORT }, 'PORT', 3000)).toThrow('PORT is not a port');
  });

  it('that is unset or empty is the default', () => {
    expect(readPort({}, 'PORT', 3000)).toBe(3000);
    expect(readPort({ PORT: '' }, 'PORT', 3000)).toBe(3000);
  });
});

describe('HOSTNAME', () => {
  it("that is only the machine's own name is ignored, and one that was chosen is kept", () => {
    expect(withoutMachineName({ HOSTNAME: hostname() })).toEqual({});
    expect(withoutMachineName({ HOSTNAME: '0.0.0.0' })).toEqual({ HOSTNAME: '0.0.0.0' });
  });
});
