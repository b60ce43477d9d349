import type { IncomingMessage } from 'node:http';
import type { NamespaceControl, NamespaceOrder } from '../world/addresses.ts';
import { addressesAt, addressesBelow } from '../world/addresses.ts';
import { newId } from '../world/random.ts';
import { type Beginning, createWorld, setAddresses, type World } from '../world/world.ts';
import type { Site } from './dispatch.ts';
import { type Listening, listen } from './listen.ts';
import { listenerFor } from './listener.ts';

const MOST_NAMESPACES = 256;

/** Names the namespace of a request that has none in its path. */
const HEADER = 'x-kakao-emulator-namespace';

interface NamedKakao {
  readonly world: World;
  readonly listening: Listening | null;
}

/** All Kakaos of one process. */
export interface Kakaos {
  readonly main: World;
  readonly named: Map<string, NamedKakao>;
}

/** How a namespace with a port of its own listens. */
interface ListenOptions {
  readonly host: string;
  readonly site: Site;
}

/** A process with its main Kakao only. */
export function startKakaos(beginning: Omit<Beginning, 'namespaces'>, options: ListenOptions): Kakaos {
  const kakaos: Kakaos = {
    main: createWorld({ ...beginning, namespaces: controlOf(() => kakaos, options) }),
    named: new Map(),
  };
  return kakaos;
}

/** The Kakao that a request is for: `/ns/<name>/…`, else the header, else the main one; `undefined` if there is none. */
export function kakaoFor(message: IncomingMessage, { main, named }: Kakaos): World | undefined {
  const name = nameInPath(message.url ?? '') ?? message.headers[HEADER];
  return name === undefined ? main : named.get(String(name))?.world;
}

/** Ends every namespace. */
export async function closeNamespaces({ named }: Kakaos): Promise<void> {
  const open = [...named.values()];
  named.clear();
  await Promise.all(open.map(end));
}

async function end({ world, listening }: NamedKakao): Promise<void> {
  world.webhooks.ended.abort();
  await listening?.close();
}

function nameInPath(target: string): string | undefined {
  return /^\/ns\/([^/?]*)/.exec(target)?.[1];
}

function controlOf(kakaos: () => Kakaos, options: ListenOptions): NamespaceControl {
  return {
    list: () => [...kakaos().named].map(([name, { world }]) => ({ name, url: world.publicUrl })),
    open: (order) => open(kakaos(), order, options),
    close: async (name) => {
      const named = kakaos().named.get(name);
      kakaos().named.delete(name);
      if (named) await end(named);
      return named !== undefined;
    },
  };
}

async function open({ main, named }: Kakaos, order: NamespaceOrder, options: ListenOptions) {
  const { name = newId(), port, redirectUris = [] } = order;
  if (named.has(name)) throw new RangeError(`there is a namespace ${name} already`);
  if (named.size >= MOST_NAMESPACES)
    throw new RangeError(`there are ${MOST_NAMESPACES} namespaces; delete some`);
  const world = createWorld({
    ...main.beginning,
    namespace: name,
    redirectUris: [...main.beginning.redirectUris, ...redirectUris],
  });
  setAddresses(world, addressesBelow(main, world.basePath), main.tlsUrl && main.tlsUrl + world.basePath);
  // Registered before the port is open, so that a second request for this name is refused meanwhile.
  named.set(name, { world, listening: null });
  if (port === undefined) return { name, url: world.publicUrl };
  const listening = await listenOnOwnPort(world, port, options).catch((error: unknown) => {
    named.delete(name);
    throw error;
  });
  named.set(name, { world, listening });
  setAddresses(world, addressesAt(`http://localhost:${listening.port}`), null);
  return { name, url: world.publicUrl };
}

function listenOnOwnPort(world: World, port: number, { host, site }: ListenOptions): Promise<Listening> {
  return listen(
    listenerFor(() => world, site),
    { host, port },
  );
}
