import type { Metadata } from 'next';
import { AccountProfile } from '@/components/account-profile';
import { Consents } from '@/components/consents';
import { LeaveSection } from '@/components/leave-section';
import { LogoutForm } from '@/components/logout-form';
import { listConsents } from '@/lib/login/consents';
import { consentOutcome, type SearchParams } from '@/lib/login-params';
import { getPageContext } from '@/lib/page-context';
import { requireViewer } from '@/lib/viewer';
import { wiring } from '@/lib/wiring';

interface Props {
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getPageContext();
  return { title: t.account.title, robots: { index: false, follow: false } };
}

/** Who the signed-in person is here, and the way out. */
export default async function AccountPage({ searchParams }: Props) {
  const { user } = await requireViewer('/account');
  const [consents, params] = await Promise.all([listConsents(await wiring(), user), searchParams]);
  const { t, locale } = await getPageContext();
  return (
    <div className="mx-auto grid max-w-xl gap-4">
      <h1 className="mb-2 text-2xl font-bold tracking-tight sm:text-3xl">{t.account.title}</h1>
      <AccountProfile user={user} t={t.account} locale={locale} />
      <Consents t={t.consent} consents={consents} outcome={consentOutcome(params)} />
      <LogoutForm t={t.logout} />
      <LeaveSection t={t.leave} />
    </div>
  );
}
