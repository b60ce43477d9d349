import type { Metadata } from 'next';
import { HistoryPage, historyPath, historyTitle } from '@/components/account-history';
import { listHistory } from '@/lib/db/history';
import { getPageContext } from '@/lib/next/page-context';
import { pageNumber, type SearchParams } from '@/lib/next/search-params';
import { requireViewer } from '@/lib/next/viewer';
import { wiring } from '@/lib/server/wiring';

interface Props {
  searchParams: Promise<SearchParams>;
}

const onPage = 20;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [{ t }, params] = await Promise.all([getPageContext(), searchParams]);
  return { title: historyTitle(t, pageNumber(params)), robots: { index: false, follow: false } };
}

/** The whole security history of the person, 20 entries a page. */
export default async function AccountHistoryPage({ searchParams }: Props) {
  const [{ t, dates }, params] = await Promise.all([getPageContext(), searchParams]);
  const page = pageNumber(params);
  const { user } = await requireViewer(historyPath(page));
  const range = { skip: (page - 1) * onPage, take: onPage + 1 };
  const entries = await listHistory((await wiring()).db, user.id, range);
  return (
    <HistoryPage
      t={t}
      dates={dates}
      entries={entries.slice(0, onPage)}
      hasMore={entries.length > onPage}
      page={page}
    />
  );
}
