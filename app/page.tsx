import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { silentLoginPath } from '@/lib/http/cookies';
import { getPageContext } from '@/lib/next/page-context';
import { getViewer } from '@/lib/next/viewer';
import { wiring } from '@/lib/server/wiring';
import { displayName } from '@/lib/text';

/** The stage for the service: whatever it is goes here. */
export default async function HomePage() {
  const [{ t, localKakao }, viewer, { cookies }] = await Promise.all([
    getPageContext(),
    getViewer(),
    wiring(),
  ]);
  const silent = viewer ? null : silentLoginPath(cookies, await headers(), { page: 'home', returnTo: '/' });
  if (silent) redirect(silent);
  return (
    <section className="mx-auto grid max-w-xl justify-items-center gap-4 py-8 text-center sm:py-20">
      <h1 className="text-[1.75rem] font-bold tracking-tight sm:text-4xl">
        {viewer ? t.home.hello(displayName(viewer.user, t.account)) : t.home.welcome(t.site.name)}
      </h1>
      <p className="text-muted sm:text-lg">{t.site.description}</p>
      <div className="mt-4 w-full max-w-60">
        <a href={viewer ? '/account' : '/login'} className="button button-primary">
          {viewer ? t.home.account : t.home.start}
        </a>
      </div>
      {localKakao && <p className="mt-8 text-sm text-muted">{t.home.hint}</p>}
    </section>
  );
}
