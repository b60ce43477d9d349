import type { IncomingHttpHeaders } from 'node:http';

export type Language = 'ko' | 'en';

/** Korean unless the browser prefers English (`Accept-Language`, first of the two that is named). */
export function languageOf(headers: IncomingHttpHeaders): Language {
  const named = (headers['accept-language'] ?? '').toLowerCase().match(/\b(ko|en)\b/);
  return named?.[1] === 'en' ? 'en' : 'ko';
}
