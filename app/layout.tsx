import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { ConsentAnswerNotice } from '@/components/consents';
import { LocalKakaoBanner } from '@/components/local-kakao-banner';
import { SiteHeader } from '@/components/site-header';
import { themePath } from '@/lib/http/theme';
import { consentAnswerOf } from '@/lib/login/additional-consent';
import { getPageContext } from '@/lib/next/page-context';
import { getViewer } from '@/lib/next/viewer';
import { displayName } from '@/lib/text';
import './globals.css';

export async function generateMetadata(): Promise<Metadata> {
  const { t, locale, origin, service } = await getPageContext();
  const { icon, preview } = service;
  return {
    metadataBase: new URL(origin),
    title: { default: t.site.title(t.site.name), template: `%s · ${t.site.name}` },
    description: t.site.description,
    applicationName: t.site.name,
    referrer: 'strict-origin-when-cross-origin',
    icons: icon ?? '/icon.svg',
    openGraph: {
      type: 'website',
      siteName: t.site.name,
      locale: locale === 'ko' ? 'ko_KR' : 'en_US',
      images: preview.picture
        ? [{ url: preview.picture, alt: t.site.name }]
        : [{ url: '/link-preview.png', width: 1200, height: 630, alt: t.site.name }],
    },
    formatDetection: { telephone: false, email: false, address: false },
  };
}

export async function generateViewport(): Promise<Viewport> {
  const { surface } = (await getPageContext()).service.palette;
  return {
    width: 'device-width',
    initialScale: 1,
    colorScheme: 'light dark',
    themeColor: [
      { media: '(prefers-color-scheme: light)', color: surface.light },
      { media: '(prefers-color-scheme: dark)', color: surface.dark },
    ],
  };
}

/** The frame of every page: language, header and the main region. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [{ locale, t, path, localKakao, service }, viewer] = await Promise.all([
    getPageContext(),
    getViewer(),
  ]);
  const name = viewer && displayName(viewer.user, t.account);
  const answer = viewer && consentAnswerOf(path);
  return (
    <html lang={locale}>
      <head>
        <link rel="stylesheet" href={themePath()} />
      </head>
      <body>
        <a className="skip-link" href="#main">
          {t.site.skipToContent}
        </a>
        {localKakao && <LocalKakaoBanner t={t.localKakao} url={localKakao} />}
        <SiteHeader t={t.site} locale={locale} path={path} logo={service.logo} name={name} />
        <main id="main" tabIndex={-1} className="mx-auto max-w-3xl px-4 py-6 sm:px-6 sm:py-14">
          {answer && <ConsentAnswerNotice text={t.consent.answers[answer]} />}
          {children}
        </main>
      </body>
    </html>
  );
}
