import type { Metadata } from 'next';
import { AccountHistory } from '@/components/account-history';
import { AccountProfile } from '@/components/account-profile';
import { Consents } from '@/components/consents';
import { LeaveSection } from '@/components/leave';
import { LogoutForm } from '@/components/logout';
import { PersonalData } from '@/components/personal-data';
import { Sessions } from '@/components/sessions';
import { listConsents } from '@/lib/account/consents';
import { listHistory } from '@/lib/db/history';
import type { Viewer } from '@/lib/login/find-viewer';
import { listSessions } from '@/lib/login/sessions';
import { getPageContext } from '@/lib/next/page-context';
import { consentOutcome, type SearchParams, sessionOutcome } from '@/lib/next/search-params';
import { requireViewer } from '@/lib/next/viewer';
import { wiring } from '@/lib/server/wiring';

interface Props {
  searchParams: Promise<SearchParams>;
}

/** So many entries of the history are here; the rest has a page of its own. */
const latest = 20;

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getPageContext();
  return { title: t.account.title, robots: { index: false, follow: false } };
}

/** The person's account: a section for each thing there is to see or do, which reads what it shows by itself. */
export default async function AccountPage({ searchParams }: Props) {
  const viewer = await requireViewer('/account');
  const [{ t, locale }, params] = await Promise.all([getPageContext(), searchParams]);
  return (
    <div className="mx-auto grid max-w-xl gap-4">
      <h1 className="mb-2 text-2xl font-bold tracking-tight sm:text-3xl">{t.account.title}</h1>
      <AccountProfile user={viewer.user} t={t.account} locale={locale} />
      <ConsentSection viewer={viewer} params={params} />
      <SessionSection viewer={viewer} params={params} />
      <HistorySection viewer={viewer} />
      <LogoutForm t={t.logout} />
      <PersonalData t={t.personalData} />
      <LeaveSection t={t.leave} />
    </div>
  );
}

interface SectionProps {
  viewer: Viewer;
  params: SearchParams;
}

async function ConsentSection({ viewer, params }: SectionProps) {
  const { t } = await getPageContext();
  const consents = await listConsents(await wiring(), viewer.user);
  return <Consents t={t.consent} consents={consents} outcome={consentOutcome(params)} />;
}

async function SessionSection({ viewer, params }: SectionProps) {
  const { t, locale } = await getPageContext();
  const sessions = await listSessions(await wiring(), viewer);
  return <Sessions t={t.sessions} locale={locale} sessions={sessions} outcome={sessionOutcome(params)} />;
}

async function HistorySection({ viewer }: { viewer: Viewer }) {
  const { t, locale } = await getPageContext();
  const entries = await listHistory((await wiring()).db, viewer.user.id, { take: latest + 1 });
  const hasMore = entries.length > latest;
  return <AccountHistory t={t} locale={locale} entries={entries.slice(0, latest)} hasMore={hasMore} />;
}
