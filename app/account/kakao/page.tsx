import type { Metadata } from 'next';
import { Consents } from '@/components/consents';
import { listConsents } from '@/lib/account/consents';
import { getPageContext } from '@/lib/next/page-context';
import { requireViewer } from '@/lib/next/viewer';
import { wiring } from '@/lib/server/wiring';

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getPageContext();
  return { title: t.consent.heading, robots: { index: false, follow: false } };
}

/** What the person shares from Kakao, for when the account page could not wait for it. */
export default async function KakaoConsentsPage() {
  const { user } = await requireViewer('/account/kakao');
  const { t } = await getPageContext();
  return (
    <div className="mx-auto grid max-w-xl grid-cols-1 gap-3 sm:gap-4">
      <h1 className="text-2xl font-bold tracking-tight sm:text-3xl">{t.consent.heading}</h1>
      <Consents t={t.consent} consents={await listConsents(await wiring(), user)} outcome={null} />
      <a href="/account" className="button-quiet">
        {t.consent.back}
      </a>
    </div>
  );
}
