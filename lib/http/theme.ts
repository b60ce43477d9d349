import { createHash } from 'node:crypto';
import { service } from '../server/service';
import { themeStyle } from '../service/colors';

/** Made once: the colours change with a build. */
let made: { readonly style: string; readonly version: string } | undefined;

function theme() {
  if (!made) {
    const style = themeStyle(service().palette);
    made = { style, version: createHash('sha256').update(style).digest('hex').slice(0, 12) };
  }
  return made;
}

/** Where every page has its colours from; other colours have another address, so browsers may keep them. */
export function themePath(): string {
  return `/theme.css?v=${theme().version}`;
}

/** The style sheet at that address. Under an older one, or none, it is not kept. */
export function themeResponse(version: string | null): Response {
  const isKnown = version === theme().version;
  return new Response(theme().style, {
    headers: {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': isKnown ? 'public, max-age=31536000, immutable' : 'public, no-cache',
    },
  });
}
