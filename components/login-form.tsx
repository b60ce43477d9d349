import type { Text } from '@/lib/text';
import { KakaoLoginButton } from './kakao-login-button';

interface Props {
  t: Text['login'];
  returnTo: string;
  /** Also offer to choose another Kakao Account. */
  offerAnotherAccount?: boolean;
}

/** Starts a login at Kakao and comes back to `returnTo`. */
export function LoginForm({ t, returnTo, offerAnotherAccount = false }: Props) {
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
