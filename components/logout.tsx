import type { Text } from '@/lib/text';
import { AccountSection } from './account-section';

/** Ends the session in this browser, also at Kakao if wanted, or every session of the person at this service. */
export function LogoutForm({ t }: { t: Text['logout'] }) {
  return (
    <AccountSection id="logout" title={t.title}>
      <form method="post" action="/logout" className="grid gap-4">
        <Choice id="logout-here" label={t.here} hint={t.hereHint} />
        <Choice id="logout-kakao" name="kakao" label={t.withKakao} hint={t.withKakaoHint} />
      </form>
    </AccountSection>
  );
}

function Choice({ id, name, label, hint }: { id: string; name?: string; label: string; hint: string }) {
  return (
    <div className="grid gap-1.5">
      <button
        type="submit"
        name={name}
        value={name && '1'}
        className="button"
        aria-describedby={`${id}-hint`}
      >
        {label}
      </button>
      <p id={`${id}-hint`} className="text-sm text-muted">
        {hint}
      </p>
    </div>
  );
}

/** Says which log-out has just happened. */
export function LoggedOut({ t }: { t: Text['logout']['outcomes']['here'] }) {
  return (
    <div role="status" className="notice" data-logged-out="">
      <p className="font-bold">{t.title}</p>
      <p className="mt-1 text-sm text-muted">{t.hint}</p>
    </div>
  );
}
