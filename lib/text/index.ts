import { en } from './en';
import { ko, type Text } from './ko';
import type { Locale } from './pick-locale';

export { formatAgo, formatClock, formatDate, formatDateTime } from './format';
export { deviceText, type HistoryFacts, historySentence } from './history';
export { isLocale, type Locale, pickLocale } from './pick-locale';
export type { Text };

/** Every sentence of the interface in one language. */
export function text(locale: Locale): Text {
  return locale === 'en' ? en : ko;
}

/** What a person is called, with or without a nickname. */
export function displayName(user: { readonly nickname: string | null }, t: Text['account']): string {
  return user.nickname ?? t.noNickname;
}

/** The reasons a login can fail that have sentences of their own. */
export type FailureCode = keyof Text['login']['failures'];

/** What can have caused one, where that has sentences of its own. */
export type FailureCause = keyof Text['login']['causes'];

/** What a person reads about a login that failed. */
export function failureText(t: Text['login'], code: FailureCode, cause: FailureCause | null) {
  return cause === null ? t.failures[code] : t.causes[cause];
}
