import { en } from './en';
import { ko, type Text } from './ko';
import type { Locale } from './pick-locale';

export { formatDate, formatDateTime } from './format';
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
