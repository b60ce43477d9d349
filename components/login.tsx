import { type FailureCause, type FailureCode, failureText, type Text } from '@/lib/text';
import { KakaoLoginButton } from './kakao-login-button';

interface FormProps {
  t: Text['login'];
  returnTo: string;
  /** Also offer to choose another Kakao Account. */
  offerAnotherAccount?: boolean;
}

/** Starts a login at Kakao and comes back to `returnTo`. */
export function LoginForm({ t, returnTo, offerAnotherAccount = false }: FormProps) {
  return (
    <form method="post" action="/login/kakao" className="grid gap-3">
      <input type="hidden" name="returnTo" value={returnTo} />
      <KakaoLoginButton label={t.kakaoButton} />
      {offerAnotherAccount && (
        <button type="submit" name="prompt" value="select_account" className="button-quiet">
          {t.anotherAccount}
        </button>
      )}
    </form>
  );
}

interface IntroProps {
  t: Text['login'];
  /** Who is signed in already, or null for a guest. */
  name: string | null;
  returnTo: string;
}

/** Invites a guest to log in, and a signed-in person to go on. */
export function LoginIntro({ t, name, returnTo }: IntroProps) {
  return (
    <div>
      <h1 className="text-2xl font-bold tracking-tight">{t.title}</h1>
      {name === null ? (
        <p className="mt-2 text-muted">{t.lead}</p>
      ) : (
        <>
          <p className="mt-2">{t.signedIn(name)}</p>
          <a href={returnTo} className="button mt-4">
            {t.continue}
          </a>
          <p className="mt-6 text-sm text-muted">{t.switchHint}</p>
        </>
      )}
    </div>
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
