import type { Namespace } from '../world/addresses.ts';
import type { World } from '../world/world.ts';
import { redirectUris } from './fields.ts';
import { type ControlRoutes, operation } from './operation.ts';
import { Problem } from './problem.ts';
import { component, list, object, partial, type TypeOf, text, textLike, whole } from './schema.ts';

/** The body that opens a namespace. */
const namespaceOrder = partial({
  name: textLike(/^[\w-]{1,64}$/, 'be 1 to 64 of A–Z a–z 0–9 - _'),
  port: whole(0, 65_535),
  redirectUris,
});

const namespace = component('Namespace', object({ name: text, url: text }));

/** Further Kakaos in this process: at `/ns/<name>`, or at a `port` of their own. */
export const namespaceRoutes: ControlRoutes = {
  namespaces: {
    GET: operation({
      summary: 'All namespaces',
      answer: object({ namespaces: list(namespace) }),
      handle: ({ world }) => ({ namespaces: world.beginning.namespaces.list() }),
    }),
    POST: operation({
      summary: 'Opens a Kakao of its own',
      body: namespaceOrder,
      answer: namespace,
      status: 201,
      handle: ({ world, body }) => openNamespace(world, body()),
    }),
  },
  'namespaces/:name': {
    DELETE: operation({
      summary: 'Ends a namespace',
      handle: async ({ world, id }) => {
        const wasOpen = await world.beginning.namespaces.close(id);
        if (!wasOpen) throw new Problem(404, `no namespace ${id}`);
      },
    }),
  },
};

async function openNamespace(world: World, order: TypeOf<typeof namespaceOrder>): Promise<Namespace> {
  try {
    return await world.beginning.namespaces.open(order);
  } catch (error) {
    const isOurs = error instanceof RangeError;
    throw new Problem(409, error instanceof Error ? error.message : String(error), isOurs ? 'name' : 'port');
  }
}
