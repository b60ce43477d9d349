import type { Metadata } from 'next';
import { MessagePage } from '@/components/message-page';
import { getPageContext } from '@/lib/next/page-context';

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getPageContext();
  return { title: t.notFound.title };
}

/** There is nothing at this address. */
export default async function NotFound() {
  const { t } = await getPageContext();
  return (
    <MessagePage title={t.notFound.title} body={t.notFound.body}>
      <a href="/" className="button">
        {t.site.home}
      </a>
    </MessagePage>
  );
}
