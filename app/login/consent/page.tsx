import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { ConsentRequest } from '@/components/consents';
import { scopeParam } from '@/lib/login/additional-consent';
import { getPageContext } from '@/lib/next/page-context';
import { returnToParam, type SearchParams } from '@/lib/next/search-params';

interface Props {
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata(): Promise<Metadata> {
  const { t } = await getPageContext();
  return { title: t.consent.title, robots: { index: false, follow: false } };
}

/** Asks for consent items that a feature needs, and comes back to where the person was. */
export default async function ConsentPage({ searchParams }: Props) {
  const [{ t }, params] = await Promise.all([getPageContext(), searchParams]);
  const scope = scopeParam(params['scope']);
  const returnTo = returnToParam(params);
  if (!scope?.length) redirect(returnTo);
  return (
    <div className="card mx-auto grid max-w-md gap-6">
      <ConsentRequest t={t.consent} scope={scope} returnTo={returnTo} />
    </div>
  );
}
