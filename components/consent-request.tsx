import type { Text } from '@/lib/text';
import { KakaoLoginButton } from './kakao-login-button';

interface Props {
  t: Text['consent'];
  /** Ids of the consent items to ask for. */
  scope: readonly string[];
  returnTo: string;
}

/** Says what a feature needs, and sends the person to Kakao's consent screen and back to `returnTo`. */
export function ConsentRequest({ t, scope, returnTo }: Props) {
  return (
    <>
      <div className="grid gap-2">
        <h1 className="text-2xl font-bold tracking-tight">{t.title}</h1>
        <p className="text-muted">{t.requestLead}</p>
      </div>
      <ul className="grid list-disc gap-1 pl-5 font-semibold">
        {scope.map((id) => (
          <li key={id}>{t.names[id] ?? id}</li>
        ))}
      </ul>
      <form method="post" action="/login/kakao" className="grid gap-3">
        <input type="hidden" name="scope" value={scope.join(' ')} />
        <input type="hidden" name="returnTo" value={returnTo} />
        <KakaoLoginButton label={t.request} />
        <a href={returnTo} className="button-quiet">
          {t.later}
        </a>
      </form>
    </>
  );
}
