import { headers } from 'next/headers';
import { cache } from 'react';
import { requestId } from '../http/request';
import { env } from '../server/env';
import { parseCookies } from '../session/cookie';
import { type Locale, pickLocale, type Text, text } from '../text';

/** What every page knows about the request it answers. */
export interface PageContext {
  readonly locale: Locale;
  readonly t: Text;
  readonly requestId: string;
  readonly localKakao: boolean;
  /** Of this site, such as `https://example.com`. */
  readonly origin: string;
  readonly path: string;
}

/** Reads the page context once per request. `path` was set by proxy.ts: pathname and query. */
export const getPageContext = cache(async (): Promise<PageContext> => {
  const all = await headers();
  const chosen = parseCookies(all.get('cookie')).find(([name]) => name === 'lang')?.[1];
  const locale = pickLocale(chosen, all.get('accept-language'));
  return {
    locale,
    t: text(locale),
    requestId: requestId(all),
    localKakao: env().localKakao,
    origin: env().origin,
    path: all.get('x-page-path') ?? '/',
  };
});
