import type { Locale, Text } from '@/lib/text';
import { ServiceName } from './service-name';

interface Props {
  t: Text['site'];
  locale: Locale;
  /** The current path with its query, to come back to after a change of language. */
  path: string;
  logo: { light: string; dark: string } | undefined;
  /** The name of the signed-in person, or null for a guest. */
  name: string | null;
}

/** The bar at the top of every page. */
export function SiteHeader({ t, locale, path, logo, name }: Props) {
  return (
    <header className="site-header">
      <div className="mx-auto flex min-h-14 max-w-3xl flex-wrap items-center justify-between gap-2 px-4 sm:px-6">
        <a href="/" className="nav-item nav-home">
          <ServiceName name={t.name} logo={logo} />
        </a>
        <div className="ml-auto flex min-w-0 items-center gap-1">
          <LanguageSwitch locale={locale} path={path} />
          {name === null ? <GuestLink path={path} label={t.login} /> : <PersonMenu t={t} name={name} />}
        </div>
      </div>
    </header>
  );
}

/** What a signed-in person reaches from every page; opens without JavaScript. */
function PersonMenu({ t, name }: { t: Text['site']; name: string }) {
  const [initial = ''] = name.trim();
  return (
    <details className="menu min-w-0">
      <summary className="nav-item max-w-full gap-1.5" aria-label={t.menu(name)}>
        <span className="avatar" aria-hidden="true">
          {initial}
        </span>
        <bdi className="min-w-0 max-w-14 truncate sm:max-w-56">{name}</bdi>
        <MenuArrow />
      </summary>
      <div className="menu-panel">
        <a href="/account" className="nav-item">
          {t.account}
        </a>
        <form method="post" action="/logout">
          <button type="submit" className="nav-item">
            {t.logout}
          </button>
        </form>
      </div>
    </details>
  );
}

function MenuArrow() {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" fill="none" aria-hidden="true" focusable="false">
      <path d="m2.5 4.5 3.5 3.5 3.5-3.5" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
    </svg>
  );
}

function GuestLink({ path, label }: { path: string; label: string }) {
  if (/^\/login(?:[/?]|$)/.test(path)) return null;
  return (
    <a href="/login" className="nav-item shrink-0">
      {label}
    </a>
  );
}

const otherLanguages = {
  ko: { lang: 'en', name: 'English' },
  en: { lang: 'ko', name: '한국어' },
} as const;

/** Offers the other language and comes back to the same page. */
function LanguageSwitch({ locale, path }: { locale: Locale; path: string }) {
  const other = otherLanguages[locale];
  return (
    <form method="post" action="/language" className="shrink-0">
      <input type="hidden" name="returnTo" value={path} />
      <button type="submit" name="lang" value={other.lang} lang={other.lang} className="nav-item">
        {other.name}
      </button>
    </form>
  );
}
