import { KakaoSymbol } from './kakao-symbol';

/** The submit button of Kakao's design guide: yellow container, black symbol, label at 85 % black. */
export function KakaoLoginButton({ label }: { label: string }) {
  return (
    <button type="submit" className="kakao-login">
      <KakaoSymbol />
      <span>{label}</span>
    </button>
  );
}
