import type { RequestListener } from 'node:http';
import { problem } from './control/problem.ts';
import { cdnPicture } from './pages/avatar.ts';
import { answerRefusal, refusalByFault, routes } from './routes.ts';
import type { Site } from './server/dispatch.ts';
import { nameOf } from './server/guard.ts';
import { type ListeningSecurely, listen, listenSecurely, type TlsOptions } from './server/listen.ts';
import { listenerFor } from './server/listener.ts';
import { isLoopback } from './server/loopback.ts';
import { closeNamespaces, kakaoFor, startKakaos } from './server/namespaces.ts';
import { isPicturePath } from './server/request.ts';
import type { Namespace, NamespaceOrder } from './world/addresses.ts';
import { addressesAt } from './world/addresses.ts';
import { type AppView, viewApp } from './world/apps.ts';
import type { Clock } from './world/clock.ts';
import type { Seed } from './world/seed.ts';
import type { Settings } from './world/settings.ts';
import type { WebhookSettings } from './world/webhook-events.ts';
import { resetWorld, setAddresses } from './world/world.ts';

export { readSeedFile } from './seed/seed-file.ts';
export type { AppView } from './world/apps.ts';
export type { Seed } from './world/seed.ts';
export type { Settings } from './world/settings.ts';
export type { User } from './world/users.ts';
export type { WebhookSettings } from './world/webhook-events.ts';

/** Everything the server answers: Kakao, and the emulator's own control API and inspector. */
const site: Site = {
  routes,
  answerRefusal,
  refusalByFault,
  problem,
  // Loaded when first asked for: a start that reads neither is a tenth shorter.
  ownHandler: (path) => {
    if (path.startsWith('/__emulator/v1/')) {
      return async (...call) => (await import('./control/control.ts')).control(...call);
    }
    if (isPicturePath(path)) return cdnPicture;
    if (!/^\/__emulator(\/(inspector(\/.*)?)?)?$/s.test(path)) return undefined;
    return async (...call) => (await import('./inspector/inspector.ts')).inspector(...call);
  },
};

export interface EmulatorOptions {
  /** Default 4000; 0 for any free one. */
  readonly port?: number;
  /** Default `127.0.0.1`, which also listens on `[::1]`. */
  readonly host?: string;
  /** Needed for a host that is not this machine only. */
  readonly allowRemote?: boolean;
  /** The origin in every address handed out, and the issuer; default `http://localhost:<port>`. */
  readonly publicUrl?: string;
  /** The origin in addresses that only servers use (token, keys, user API), where it is another than `publicUrl`. */
  readonly internalUrl?: string;
  /** Listens with TLS at a second port. */
  readonly tls?: TlsOptions;
  /** Registered for the first app beside its defaults. */
  readonly redirectUris?: readonly string[];
  readonly settings?: Partial<Settings>;
  /** Users, apps, links and settings to hold instead of the usual ones; `readSeedFile` reads one. */
  readonly seed?: Seed | undefined;
  /** How many generated people to add (the same ones for the same seed). */
  readonly people?: { readonly count: number; readonly seed: number };
  readonly clock?: Clock;
  /** Webhook settings of the first app. */
  readonly webhooks?: Partial<WebhookSettings>;
}

export interface Emulator {
  readonly url: string;
  /** Its origin with TLS, and the certificate to trust (PEM; `null` where a certificate was brought). */
  readonly tls: { readonly url: string; readonly ca: string | null } | null;
  /** The apps as they are now, with keys and secrets. */
  readonly apps: () => readonly AppView[];
  /** Returns to the state of the start. */
  readonly reset: () => void;
  /** A further Kakao in the same process, for a test of its own; `DELETE /namespaces/:name` or `close` ends it. */
  readonly namespace: (order?: NamespaceOrder) => Promise<Namespace>;
  /** Stops listening and ends all connections. */
  readonly close: () => Promise<void>;
}

/** Starts a local Kakao; rejects with `RangeError` for a host open to others, or with the system's error. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 4000, host = '127.0.0.1', allowRemote = false } = options;
  if (!isLoopback(host) && !allowRemote)
    throw new RangeError(`${host} is open to other machines; allow remote use first`);
  const { clock = Date.now, redirectUris = [], settings = {}, webhooks = {}, seed, people } = options;
  const kakaos = startKakaos(
    { clock, redirectUris, settings, webhooks, allowRemote, hostNames: namesOf(options), seed, people },
    { host, site },
  );
  const { main } = kakaos;
  const listener = listenerFor((message) => kakaoFor(message, kakaos), site);
  const plain = await listen(listener, { host, port });
  const secure = await secureTwin(listener, options).catch(async (error: unknown) => {
    await plain.close();
    throw error;
  });
  const tls = secure && { url: `https://localhost:${secure.port}`, ca: secure.ca };
  const publicUrl = originOf(options.publicUrl) ?? `http://localhost:${plain.port}`;
  const addresses = addressesAt(publicUrl, originOf(options.internalUrl));
  setAddresses(main, addresses, options.publicUrl === undefined && tls ? tls.url : null);
  return {
    url: publicUrl,
    tls,
    apps: () => main.apps.map(viewApp),
    reset: () => resetWorld(main),
    namespace: (order = {}) => main.beginning.namespaces.open(order),
    close: async () => {
      main.webhooks.ended.abort();
      await Promise.all([plain.close(), secure?.close(), closeNamespaces(kakaos)]);
    },
  };
}

function secureTwin(listener: RequestListener, options: EmulatorOptions): Promise<ListeningSecurely | null> {
  const { tls, port, host = '127.0.0.1', publicUrl, internalUrl } = options;
  if (!tls) return Promise.resolve(null);
  const urls = [publicUrl, internalUrl].filter((url) => url !== undefined);
  return listenSecurely(listener, { host, urls, ...(port === 0 ? { port: 0 } : {}), ...tls });
}

/** The names in its own URLs, beside those that lead here anyway. */
function namesOf({ publicUrl, internalUrl }: EmulatorOptions): string[] {
  return [publicUrl, internalUrl].flatMap((url) => (url === undefined ? [] : [nameOf(url)]));
}

function originOf(url: string | undefined): string | undefined {
  return url?.replace(/\/$/, '');
}
