import type { Metadata } from 'next';
import { MessagePage } from '@/components/message-page';
import { unlinkStates } from '@/lib/account/withdraw';
import { getPageContext } from '@/lib/next/page-context';
import type { SearchParams } from '@/lib/next/search-params';

interface Props {
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getPageContext();
  return { title: t.leave.goodbyeTitle, robots: { index: false, follow: false } };
}

/** After the last button: what is erased, and how the link with Kakao stands. */
export default async function GoodbyePage({ searchParams }: Props) {
  const [{ t }, params] = await Promise.all([getPageContext(), searchParams]);
  const state = unlinkStates.find((known) => known === params['kakao']);
  return (
    <MessagePage title={t.leave.goodbyeTitle} body={t.leave.goodbyeBody}>
      {state && <p role="status">{t.leave.goodbyeStates[state]}</p>}
      <a href="/" className="button">
        {t.site.home}
      </a>
    </MessagePage>
  );
}
