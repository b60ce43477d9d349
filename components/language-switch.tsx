import type { Locale } from '@/lib/text';

const others = {
  ko: { lang: 'en', name: 'English' },
  en: { lang: 'ko', name: '한국어' },
} as const;

/** Offers the other language and comes back to the same page. */
export function LanguageSwitch({ locale, path }: { locale: Locale; path: string }) {
  const other = others[locale];
  return (
    <form method="post" action="/language" className="shrink-0">
      <input type="hidden" name="returnTo" value={path} />
      <button type="submit" name="lang" value={other.lang} lang={other.lang} className="nav-item">
        {other.name}
      </button>
    </form>
  );
}
