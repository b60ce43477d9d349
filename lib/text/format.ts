import type { Locale } from './pick-locale';

const timeZone = 'Asia/Seoul';

/** Made once: constructing one costs 120 µs, formatting with it 2 µs. */
const days = {
  ko: new Intl.DateTimeFormat('ko-KR', { dateStyle: 'long', timeZone }),
  en: new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone }),
};
const minute = { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23', timeZone } as const;
const minutes = {
  ko: new Intl.DateTimeFormat('ko-KR', minute),
  en: new Intl.DateTimeFormat('en-US', minute),
};

/** The day in Korea, such as "2026년 11월 24일" or "November 24, 2026". */
export function formatDate(date: Date, locale: Locale): string {
  return days[locale].format(date);
}

/** The day and minute in Korea on a 24-hour clock; the zone is named for English readers only. */
export function formatDateTime(date: Date, locale: Locale): string {
  const formatted = minutes[locale].format(date);
  return locale === 'en' ? `${formatted} (KST)` : formatted;
}

/** A name inside a sentence, isolated so that one written from right to left cannot reorder it (UAX #9, FSI and PDI). */
export function isolate(name: string): string {
  return `\u2068${name}\u2069`;
}
