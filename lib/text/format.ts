import type { Locale } from './pick-locale';

const timeZone = 'Asia/Seoul';
const tags = { ko: 'ko-KR', en: 'en-US' } as const;

/** The day in Korea, such as "2026년 11월 24일" or "November 24, 2026". */
export function formatDate(date: Date, locale: Locale): string {
  return new Intl.DateTimeFormat(tags[locale], { dateStyle: 'long', timeZone }).format(date);
}

/** The day and minute in Korea on a 24-hour clock; the zone is named for English readers only. */
export function formatDateTime(date: Date, locale: Locale): string {
  const formatted = new Intl.DateTimeFormat(tags[locale], {
    dateStyle: 'long',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone,
  }).format(date);
  return locale === 'en' ? `${formatted} (KST)` : formatted;
}

/** A name inside a sentence, isolated so that one written from right to left cannot reorder it (UAX #9, FSI and PDI). */
export function isolate(name: string): string {
  return `\u2068${name}\u2069`;
}
