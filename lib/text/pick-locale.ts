/** A language the interface speaks, as a BCP 47 tag. */
export type Locale = 'ko' | 'en';

interface LanguageRange {
  readonly locale: Locale;
  readonly quality: number;
}

const longestHeader = 512;
const rangePattern =
  /^\s*([a-z]{1,8}(?:-[a-z0-9]{1,8})*|\*)\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/i;

/** Whether an untrusted value names a language the interface speaks. */
export function isLocale(value: unknown): value is Locale {
  return value === 'ko' || value === 'en';
}

/**
 * Choose the language: a known cookie first, then `Accept-Language` (RFC 9110 §12.5.4), then Korean.
 *
 * Malformed ranges are skipped, so that a broken header never fails a page.
 */
export function pickLocale(cookie: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(cookie)) return cookie;
  let best: LanguageRange = { locale: 'ko', quality: 0 };
  for (const part of (acceptLanguage ?? '').slice(0, longestHeader).split(',')) {
    const range = parseRange(part);
    if (range && range.quality > best.quality) best = range;
  }
  return best.locale;
}

function parseRange(part: string): LanguageRange | null {
  const match = rangePattern.exec(part);
  if (!match) return null;
  const [, tag = '', quality = '1'] = match;
  const language = tag.toLowerCase().split('-')[0];
  const locale = language === '*' ? 'ko' : language;
  return isLocale(locale) ? { locale, quality: Number(quality) } : null;
}
