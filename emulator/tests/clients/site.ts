import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { type AppChanges, type AppView, controlClient } from '../../src/client.ts';
import type { Emulator } from '../../src/index.ts';
import type { Client, Outcome } from './clients.ts';
import { newBrowser } from './kakao-browser.ts';

const sites = join(import.meta.dirname, 'sites');
const redirect = join(import.meta.dirname, '../../dist/redirect.js');
const clientId = '1d0ca1a11ec0ffee5eed0000cafe0001';

/** A site that runs on its own, and the emulator that it takes for Kakao. */
export interface Site {
  /** Console settings of the app from now on. */
  readonly patchApp: (changes: AppChanges) => Promise<AppView>;
  /** The login of this person, who agrees to everything (or presses cancel), in a new browser. */
  readonly login: (userId: string, decision?: 'agree' | 'cancel') => Promise<Outcome>;
  readonly stop: () => void;
}

/** Starts a site whose process finds Kakao's host names at the emulator; nothing else about it is changed. */
export async function startSite(client: Client, emulator: Emulator, folder: string): Promise<Site> {
  const url = emulator.tls?.url ?? '';
  const ca = emulator.tls?.ca ?? '';
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, ca);
  const child = spawn(process.execPath, ['--import', redirect, join(sites, client.site)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      NODE_EXTRA_CA_CERTS: caFile,
      KAKAO_EMULATOR_TLS_URL: url,
      KAKAO_CLIENT_ID: clientId,
      KAKAO_CLIENT_SECRET: 'emu_secret_Q7nYt2LwVb5RkXc9PzHd3MfJ',
    },
  });
  const origin = await originOf(child);
  const { apps, autoApprove } = controlClient(emulator.url);
  const patchApp = (changes: AppChanges) => apps.change(clientId, changes);
  await patchApp({ redirectUris: [`${origin}${client.callback}`] });
  return {
    patchApp,
    login: async (userId, decision = 'agree') => {
      // A login that was refused has left its approval behind.
      await autoApprove.clear();
      await autoApprove.add({ userId, decision });
      const browser = newBrowser({ port: Number(new URL(url).port), ca });
      const kakao = await browser.send(await client.start(browser, origin));
      if (kakao.location !== null) return client.finish(browser, origin, kakao.location);
      return { error: /KOE\d+/.exec(kakao.text)?.[0] ?? `HTTP ${kakao.status} at Kakao` };
    },
    stop: () => child.stdin.end(),
  };
}

async function originOf(child: ChildProcessByStdio<Writable, Readable, null>): Promise<string> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('the site ended before it was ready');
  });
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended]);
  return JSON.parse(line).origin;
}
