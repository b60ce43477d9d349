import type { Metadata } from 'next';
import { LeaveSummary } from '@/components/leave';
import { getPageContext } from '@/lib/next/page-context';
import { requireViewer } from '@/lib/next/viewer';
import { displayName } from '@/lib/text';

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getPageContext();
  return { title: t.leave.title, robots: { index: false, follow: false } };
}

/** What leaving means, before anybody does it. */
export default async function LeavePage() {
  const { user } = await requireViewer('/account/leave');
  const { t } = await getPageContext();
  return <LeaveSummary t={t.leave} name={displayName(user, t.account)} />;
}
