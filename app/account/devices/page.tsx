import type { Metadata } from 'next';
import { SessionRows } from '@/components/sessions';
import { listSessions } from '@/lib/login/sessions';
import { getPageContext } from '@/lib/next/page-context';
import { requireViewer } from '@/lib/next/viewer';
import { wiring } from '@/lib/server/wiring';

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getPageContext();
  return { title: t.sessions.heading, robots: { index: false, follow: false } };
}

/** Every device where the person is logged in. */
export default async function DevicesPage() {
  const viewer = await requireViewer('/account/devices');
  const { t, dates } = await getPageContext();
  const sessions = await listSessions(await wiring(), viewer);
  return (
    <div className="mx-auto grid max-w-xl grid-cols-1 gap-3 sm:gap-4">
      <h1 className="text-2xl font-bold tracking-tight sm:text-3xl">{t.sessions.heading}</h1>
      <p className="text-muted">{t.sessions.lead}</p>
      <div className="card">
        <SessionRows t={t.sessions} dates={dates} sessions={sessions} now={new Date()} />
      </div>
      <a href="/account" className="button-quiet">
        {t.sessions.back}
      </a>
    </div>
  );
}
