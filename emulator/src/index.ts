import { listen } from './server/listen.ts';
import { listenerFor } from './server/listener.ts';
import { isLoopback } from './server/loopback.ts';
import { closeNamespaces, kakaoFor, startKakaos } from './server/namespaces.ts';
import { type AppView, viewApp } from './world/app-view.ts';
import type { Clock } from './world/clock.ts';
import type { Namespace, NamespaceOrder } from './world/namespace-control.ts';
import type { Settings } from './world/settings.ts';
import { resetWorld } from './world/world.ts';

export type { AppView } from './world/app-view.ts';
export type { Settings } from './world/settings.ts';
export type { User } from './world/users.ts';

export interface EmulatorOptions {
  /** Default 4000; 0 for any free port. */
  readonly port?: number;
  /** Default `127.0.0.1`, which also listens on `[::1]`. */
  readonly host?: string;
  /** Needed for a host that is not this machine only. */
  readonly allowRemote?: boolean;
  /** The origin in every address handed out, and the issuer; default `http://localhost:<port>`. */
  readonly publicUrl?: string;
  /** Registered for the first app beside its defaults. */
  readonly redirectUris?: readonly string[];
  readonly settings?: Partial<Settings>;
  readonly clock?: Clock;
}

export interface Emulator {
  readonly url: string;
  /** The apps as they are now, with keys and secrets. */
  readonly apps: () => readonly AppView[];
  /** Back to the beginning. */
  readonly reset: () => void;
  /** A further Kakao in the same process, for a test of its own; `DELETE /namespaces/:name` or `close` ends it. */
  readonly namespace: (order?: NamespaceOrder) => Promise<Namespace>;
  /** Stops listening and ends all connections. */
  readonly close: () => Promise<void>;
}

/** Starts a local Kakao; rejects with `RangeError` for a host open to others, or with the system's error. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 4000, host = '127.0.0.1', allowRemote = false, redirectUris = [], settings = {} } = options;
  if (!isLoopback(host) && !allowRemote)
    throw new RangeError(`${host} is open to other machines; allow remote use first`);
  const kakaos = startKakaos({ clock: options.clock ?? Date.now, redirectUris, settings, allowRemote }, host);
  const { main } = kakaos;
  const { port: actual, close } = await listen(
    listenerFor((message) => kakaoFor(message, kakaos)),
    host,
    port,
  );
  main.publicUrl = options.publicUrl?.replace(/\/$/, '') ?? `http://localhost:${actual}`;
  return {
    url: main.publicUrl,
    apps: () => main.apps.map(viewApp),
    reset: () => resetWorld(main),
    namespace: (order = {}) => main.beginning.namespaces.open(order),
    close: async () => {
      await Promise.all([close(), closeNamespaces(kakaos)]);
    },
  };
}
