import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkPortIsFree, freePort } from '../../scripts/run/port.mjs';

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
});
