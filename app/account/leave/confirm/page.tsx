import type { Metadata } from 'next';
import { LeaveConfirmation, LeaveLogin } from '@/components/leave';
import { needsFreshLogin } from '@/lib/account/withdraw';
import { getPageContext } from '@/lib/next/page-context';
import { requireViewer } from '@/lib/next/viewer';
import { wiring } from '@/lib/server/wiring';
import { displayName } from '@/lib/text';

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getPageContext();
  return { title: t.leave.confirmTitle, robots: { index: false, follow: false } };
}

/** The last question, or a fresh login before it. */
export default async function ConfirmLeavePage() {
  const viewer = await requireViewer('/account/leave/confirm');
  const [{ t }, { now }] = await Promise.all([getPageContext(), wiring()]);
  if (needsFreshLogin(viewer, now())) return <LeaveLogin t={t.leave} login={t.login} />;
  return <LeaveConfirmation t={t.leave} name={displayName(viewer.user, t.account)} />;
}
