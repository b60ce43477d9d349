import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { ConsentAnswerNotice } from '@/components/consents';
import { LocalKakaoBanner } from '@/components/local-kakao-banner';
import { SiteHeader } from '@/components/site-header';
import { consentAnswerOf } from '@/lib/login/additional-consent';
import { getPageContext } from '@/lib/next/page-context';
import { getViewer } from '@/lib/next/viewer';
import { displayName } from '@/lib/text';
import './globals.css';

export async function generateMetadata(): Promise<Metadata> {
  const { t, locale, origin } = await getPageContext();
  return {
    metadataBase: new URL(origin),
    title: { default: `${t.site.name} · ${t.site.tagline}`, template: `%s · ${t.site.name}` },
    description: t.site.description,
    applicationName: t.site.name,
    referrer: 'strict-origin-when-cross-origin',
    manifest: '/manifest.webmanifest',
    openGraph: {
      type: 'website',
      siteName: t.site.name,
      locale: locale === 'ko' ? 'ko_KR' : 'en_US',
      images: [{ url: '/link-preview.png', width: 1200, height: 630, alt: t.site.tagline }],
    },
    formatDetection: { telephone: false, email: false, address: false },
  };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#1c1c1f' },
  ],
};

/** The frame of every page: language, header and the main region. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [{ locale, t, path, localKakao }, viewer] = await Promise.all([getPageContext(), getViewer()]);
  const name = viewer && displayName(viewer.user, t.account);
  const answer = viewer && consentAnswerOf(path);
  return (
    <html lang={locale}>
      <body>
        <a className="skip-link" href="#main">
          {t.site.skipToContent}
        </a>
        {localKakao && <LocalKakaoBanner t={t.localKakao} url={localKakao} />}
        <SiteHeader t={t.site} locale={locale} path={path} name={name} />
        <main id="main" tabIndex={-1} className="mx-auto max-w-3xl px-4 py-6 sm:px-6 sm:py-14">
          {answer && <ConsentAnswerNotice text={t.consent.answers[answer]} />}
          {children}
        </main>
      </body>
    </html>
  );
}
