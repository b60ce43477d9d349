import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { LoginFailure, LoginForm, LoginIntro, ServiceLinks, SignedIn } from '@/components/login';
import { LoggedOut } from '@/components/logout';
import { ServiceName } from '@/components/service-name';
import { lastLogout, silentLoginPath } from '@/lib/http/cookies';
import { readToldCause } from '@/lib/login/errors';
import { getPageContext } from '@/lib/next/page-context';
import { loginError, returnToParam, type SearchParams } from '@/lib/next/search-params';
import { getViewer } from '@/lib/next/viewer';
import { wiring } from '@/lib/server/wiring';
import { displayName, type FailureCause, type FailureCode, failureText, type Text } from '@/lib/text';

interface Props {
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [{ t }, params] = await Promise.all([getPageContext(), searchParams]);
  const error = loginError(params);
  const title = error ? failureTitle(t.login, error, (await toldFailure(error)).cause) : t.login.title;
  return { title, robots: { index: false, follow: false } };
}

/** The Kakao button, and why the last attempt failed. */
export default async function LoginPage({ searchParams }: Props) {
  const [{ t, locale, service }, viewer, params] = await Promise.all([
    getPageContext(),
    getViewer(),
    searchParams,
  ]);
  const error = loginError(params);
  const returnTo = returnToParam(params);
  const [all, { cookies }] = await Promise.all([headers(), wiring()]);
  const silent = error || viewer ? null : silentLoginPath(cookies, all, { page: 'login', returnTo });
  if (silent) redirect(silent);
  const logout = viewer || error ? null : lastLogout(cookies, all, params['state']);
  const name = viewer && displayName(viewer.user, t.account);
  return (
    <div className="card mx-auto grid max-w-md gap-6">
      <p className="login-service">
        <ServiceName name={t.site.name} logo={service.logo} />
      </p>
      {logout && <LoggedOut t={t.logout.outcomes[logout]} />}
      {error && <LoginFailure code={error} t={t.login} {...(await toldFailure(error))} />}
      {!error && name === null && <LoginIntro t={t.login} />}
      {name !== null && <SignedIn t={t.login} name={name} returnTo={returnTo} hasTitle={error !== null} />}
      <LoginForm t={t.login} returnTo={returnTo} isRecent={name === null && cookies.recent.read(all)} />
      <ServiceLinks
        t={t.login}
        terms={service.terms?.[locale]}
        privacy={service.privacy?.[locale]}
        support={service.support}
      />
    </div>
  );
}

/** What this browser was told of the failure, if it is the one that it has just had. */
async function toldFailure(code: FailureCode) {
  const [all, { cookies }] = await Promise.all([headers(), wiring()]);
  const told = cookies.failure.read(all, code);
  return { cause: readToldCause(told?.cause), supportCode: told?.supportCode ?? null };
}

function failureTitle(t: Text['login'], error: FailureCode, cause: FailureCause | null): string {
  const { title } = failureText(t, error, cause);
  return error === 'cancelled' ? title : t.errorTitle(title);
}
