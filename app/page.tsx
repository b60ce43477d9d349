import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { FeatureList } from '@/components/feature-list';
import { LoginForm } from '@/components/login';
import { silentLoginPath } from '@/lib/http/cookies';
import { getPageContext } from '@/lib/next/page-context';
import { getViewer } from '@/lib/next/viewer';
import { wiring } from '@/lib/server/wiring';
import { displayName } from '@/lib/text';

/** What this service is, and the way in. */
export default async function HomePage() {
  const [{ t }, viewer, { cookies }] = await Promise.all([getPageContext(), getViewer(), wiring()]);
  const silent = viewer ? null : silentLoginPath(cookies, await headers(), { page: 'home', returnTo: '/' });
  if (silent) redirect(silent);
  return (
    <div className="grid gap-8 sm:gap-10">
      <section className="card">
        <h1 className="text-[1.75rem] font-bold tracking-tight sm:text-4xl">{t.home.title}</h1>
        <p className="mt-3 max-w-prose text-muted sm:text-lg">{t.home.lead}</p>
        <div className="mt-7 max-w-sm">
          {viewer ? (
            <>
              <p className="mb-3">{t.home.signedIn(displayName(viewer.user, t.account))}</p>
              <a href="/account" className="button">
                {t.home.goToAccount}
              </a>
            </>
          ) : (
            <LoginForm t={t.login} returnTo="/account" isRecent={false} />
          )}
        </div>
      </section>
      <FeatureList features={t.home.features} />
    </div>
  );
}
