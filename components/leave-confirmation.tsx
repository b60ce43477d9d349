import type { Text } from '@/lib/text';
import { KakaoLoginButton } from './kakao-login-button';

/** The last question before an account is erased; two answers of the same weight. */
export function LeaveConfirmation({ t, name }: { t: Text['leave']; name: string }) {
  return (
    <form method="post" action="/account/withdrawal" className="card mx-auto grid max-w-md gap-5">
      <h1 className="text-2xl font-bold tracking-tight">{t.confirmTitle}</h1>
      <p>{t.confirmBody(name)}</p>
      <div className="grid gap-3 sm:grid-cols-2">
        <a href="/account" className="button">
          {t.stay}
        </a>
        <button type="submit" className="button">
          {t.confirm}
        </button>
      </div>
    </form>
  );
}

interface Props {
  t: Text['leave'];
  kakaoButton: string;
}

/** In place of the question, when the login is too old: log in once more and come back to it. */
export function LeaveLogin({ t, kakaoButton }: Props) {
  return (
    <form method="post" action="/login/kakao" className="card mx-auto grid max-w-md gap-5">
      <h1 className="text-2xl font-bold tracking-tight">{t.loginTitle}</h1>
      <p>{t.loginBody}</p>
      <input type="hidden" name="returnTo" value="/account/leave/confirm" />
      <input type="hidden" name="prompt" value="login" />
      <KakaoLoginButton label={kakaoButton} />
      <a href="/account" className="button">
        {t.stay}
      </a>
    </form>
  );
}
