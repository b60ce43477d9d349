import { type FailureCause, type FailureCode, failureText, type Text } from '@/lib/text';
import { KakaoLoginButton } from './kakao-login-button';

interface FormProps {
  t: Text['login'];
  returnTo: string;
  /** Whether somebody has logged in with this browser before. */
  isRecent: boolean;
}

/** Starts a login at Kakao and comes back to `returnTo`; also offers to choose another Kakao Account. */
export function LoginForm({ t, returnTo, isRecent }: FormProps) {
  return (
    <form method="post" action="/login/kakao" className="grid gap-3">
      <input type="hidden" name="returnTo" value={returnTo} />
      <KakaoLoginButton label={t.kakaoButton} busyLabel={t.busy} recent={isRecent ? t.recent : undefined} />
      <button type="submit" name="prompt" value="select_account" className="button-quiet">
        {t.anotherAccount}
      </button>
    </form>
  );
}

/** Invites a guest to log in. */
export function LoginIntro({ t }: { t: Text['login'] }) {
  return (
    <div>
      <h1 className="text-2xl font-bold tracking-tight">{t.title}</h1>
      <p className="mt-2 text-muted">{t.lead}</p>
    </div>
  );
}

interface SignedInProps {
  t: Text['login'];
  name: string;
  returnTo: string;
  /** Whether the page has a title already, such as that of a failure. */
  hasTitle: boolean;
}

/** For somebody who is signed in already: to go on comes first. */
export function SignedIn({ t, name, returnTo, hasTitle }: SignedInProps) {
  return (
    <div className="grid gap-4">
      {!hasTitle && <h1 className="text-2xl font-bold tracking-tight">{t.title}</h1>}
      <a href={returnTo} className="button button-primary">
        {t.continueAs(name)}
      </a>
      <p className="text-sm text-muted">{t.switchHint}</p>
    </div>
  );
}

interface LinksProps {
  t: Text['login'];
  terms: string | undefined;
  privacy: string | undefined;
  /** An e-mail address, or an address that begins with `https://`. */
  support: string | undefined;
}

/** What people may read before they log in, and where they get help; nothing where the service names none of it. */
export function ServiceLinks({ t, terms, privacy, support }: LinksProps) {
  const help = support?.startsWith('https://') ? support : support && `mailto:${support}`;
  const links = [
    [t.terms, terms],
    [t.privacy, privacy],
    [t.support, help],
  ] as const;
  if (links.every(([, href]) => href === undefined)) return null;
  return (
    <ul className="service-links">
      {links.map(
        ([name, href]) =>
          href && (
            <li key={name}>
              <a href={href} className="nav-item">
                {name}
              </a>
            </li>
          ),
      )}
    </ul>
  );
}

interface FailureProps {
  code: FailureCode;
  cause: FailureCause | null;
  t: Text['login'];
  /** What the person can quote to support, and the log is searched by. `null` where nothing failed. */
  supportCode: string | null;
}

/** Says what went wrong with a login and what to do next. */
export function LoginFailure({ code, cause, t, supportCode }: FailureProps) {
  const failure = failureText(t, code, cause);
  const calm = code === 'cancelled';
  /** Nothing went wrong: the login only has to begin again. */
  const harmless = calm || code === 'expired';
  return (
    <div
      className={harmless ? 'notice' : 'notice notice-problem'}
      role={calm ? 'status' : 'alert'}
      data-login-error={code}
    >
      {/* biome-ignore lint/a11y/noAutofocus: moves focus to what went wrong, with or without JavaScript */}
      <h1 id="login-error" tabIndex={-1} autoFocus className="text-xl font-bold tracking-tight">
        {failure.title}
      </h1>
      <p className="mt-2">{failure.happened}</p>
      <p className="mt-1">{failure.todo}</p>
      {supportCode && (
        <p className="mt-3 text-sm text-muted">
          {t.supportCode} <code className="support-code">{supportCode}</code>
        </p>
      )}
    </div>
  );
}
