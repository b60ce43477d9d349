import { en } from './en';
import { ko, type Text } from './ko';
import type { Locale } from './pick-locale';

export { type Dates, datesIn } from './format';
export { deviceText, type HistoryFacts, historySentence } from './history';
export { isLocale, type Locale, pickLocale } from './pick-locale';
export type { Text };

type InBothLanguages = Readonly<Record<Locale, string>> | undefined;

/** What a service says of itself; what it leaves out is said for it. */
interface ServiceWords {
  readonly name: InBothLanguages;
  readonly preview: { readonly title: InBothLanguages; readonly description: InBothLanguages };
  readonly kakaoSync: boolean;
}

/** Every sentence of the interface in one language, with what the service says of itself in the place of ours. */
export function text(locale: Locale, service?: ServiceWords): Text {
  const t = locale === 'en' ? en : ko;
  if (!service) return t;
  const name = service.name?.[locale] ?? t.site.name;
  const title = service.preview.title?.[locale];
  const description = service.preview.description?.[locale] ?? t.site.description;
  const { kakaoButton, kakaoSyncButton } = t.login;
  return {
    ...t,
    site: { ...t.site, name, description, ...(title && { title: () => title }) },
    login: { ...t.login, kakaoButton: service.kakaoSync ? kakaoSyncButton : kakaoButton },
  };
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
