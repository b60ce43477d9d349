import { type ControlClient, controlClient } from './client.ts';
import { startEmulator } from './index.ts';

export interface FixtureOptions {
  /** Where an emulator runs; without it every test starts its own. */
  readonly url?: string;
}

/**
 * Gives `use` a Kakao: a namespace of the emulator at `url`, or an emulator on a free port; it ends afterwards, also
 * when `use` fails.
 */
export async function withKakao(
  { url }: FixtureOptions,
  use: (kakao: ControlClient) => Promise<void>,
): Promise<void> {
  const { client, end } = url === undefined ? await ownEmulator() : await ownNamespace(url);
  try {
    await use(client);
  } finally {
    await end();
  }
}

async function ownEmulator() {
  const { url, close } = await startEmulator({ port: 0 });
  return { client: controlClient(url), end: close };
}

async function ownNamespace(at: string) {
  const { namespaces } = controlClient(at);
  const { name, url } = await namespaces.open();
  return { client: controlClient(url), end: () => namespaces.close(name) };
}
