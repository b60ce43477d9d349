import { headers } from 'next/headers';
import { cache } from 'react';
import { requestId } from '../http/request';
import { env } from '../server/env';
import { service } from '../server/service';
import { wiring } from '../server/wiring';
import type { Service } from '../service/define';
import { type Dates, datesIn, type Locale, pickLocale, type Text, text } from '../text';

/** What every page knows about the request it answers. */
export interface PageContext {
  readonly locale: Locale;
  readonly t: Text;
  /** Writes dates in the language of the page and the time zone of the service. */
  readonly dates: Dates;
  readonly service: Service;
  readonly requestId: string;
  /** The local Kakao's address, where one is used. */
  readonly localKakao: string | null;
  /** Of this site, such as `https://example.com`. */
  readonly origin: string;
  readonly path: string;
}

/** Reads the page context once per request. `path` was set by proxy.ts: pathname and query. */
export const getPageContext = cache(async (): Promise<PageContext> => {
  const [all, { cookies }] = await Promise.all([headers(), wiring()]);
  const locale = pickLocale(cookies.language.read(all), all.get('accept-language'));
  return {
    locale,
    t: text(locale, service()),
    dates: datesIn(locale, service().timeZone),
    service: service(),
    requestId: requestId(all),
    localKakao: env().localKakao ? env().kakao.authOrigin : null,
    origin: env().origin,
    path: all.get('x-page-path') ?? '/',
  };
});
