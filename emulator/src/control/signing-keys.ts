import { publishedKeys, rotateKeys } from '../world/signing-keys.ts';
import { type ControlRoutes, operation } from './operation.ts';
import { component, flag, list, object, partial, text } from './schema.ts';

const signingKey = component('SigningKey', object({ kid: text }));

/** Keys that sign ID tokens and event tokens. */
export const signingKeyRoutes: ControlRoutes = {
  keys: {
    // The first one signs.
    GET: operation({
      summary: 'Published signing keys',
      answer: object({ keys: list(signingKey) }),
      handle: async ({ world }) => ({
        keys: (await publishedKeys(world.keys)).map(({ kid }) => ({ kid })),
      }),
    }),
  },
  'keys/rotate': {
    POST: operation({
      summary: 'A new key signs',
      // Whether the key that signed until now stays published; default true.
      body: partial({ overlap: flag }),
      answer: signingKey,
      handle: async ({ world, body }) => {
        const { kid } = await rotateKeys(world.keys, body().overlap ?? true);
        return { kid };
      },
    }),
  },
};
