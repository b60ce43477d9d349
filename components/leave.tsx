import type { Text } from '@/lib/text';
import { AccountSection } from './account-section';
import { KakaoLoginButton } from './kakao-login-button';

/** The way to leave, on the account page. */
export function LeaveSection({ t }: { t: Text['leave'] }) {
  return (
    <AccountSection id="leave" title={t.heading} lead={t.lead}>
      <a href="/account/leave" className="link-quiet">
        {t.open}
      </a>
    </AccountSection>
  );
}

/** The first screen of leaving: what is erased, what is kept and why, and two equally prominent ways on. */
export function LeaveSummary({ t, name }: { t: Text['leave']; name: string }) {
  return (
    <section className="card mx-auto grid max-w-md gap-5">
      <h1 className="text-2xl font-bold tracking-tight">{t.title}</h1>
      <p>{t.who(name)}</p>
      <Points title={t.erased} items={t.erasedItems} />
      <Points title={t.kept} items={t.keptItems} />
      <p className="text-muted">{t.comeBack}</p>
      <div className="grid gap-3 sm:grid-cols-2">
        <a href="/account" className="button">
          {t.stay}
        </a>
        <a href="/account/leave/confirm" className="button">
          {t.continue}
        </a>
      </div>
    </section>
  );
}

function Points({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <div>
      <h2 className="font-bold">{title}</h2>
      <ul className="mt-1.5 grid list-disc gap-1 ps-5">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  );
}

/** The last question before an account is erased; two equally prominent answers. */
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

/** In place of the question, when the login is too old: log in once more and come back to it. */
export function LeaveLogin({ t, login }: { t: Text['leave']; login: Text['login'] }) {
  return (
    <form method="post" action="/login/kakao" className="card mx-auto grid max-w-md gap-5">
      <h1 className="text-2xl font-bold tracking-tight">{t.loginTitle}</h1>
      <p>{t.loginBody}</p>
      <input type="hidden" name="returnTo" value="/account/leave/confirm" />
      <input type="hidden" name="prompt" value="login" />
      <KakaoLoginButton label={login.kakaoButton} busyLabel={login.busy} />
      <a href="/account" className="button">
        {t.stay}
      </a>
    </form>
  );
}
