import { BusyButton } from './busy-button';

interface Props {
  label: string;
  /** Said from the press until Kakao's page is there. */
  busyLabel: string;
  /** Said to whoever has logged in with this browser before. */
  recent?: string | undefined;
}

/** The submit button of Kakao's design guide: yellow container, black symbol, label at 85 % black. */
export function KakaoLoginButton({ label, busyLabel, recent }: Props) {
  const used = recent && (
    <>
      {label} <span className="recent">{recent}</span>
    </>
  );
  return (
    <BusyButton className="kakao-login" label={used || label} busyLabel={busyLabel}>
      <KakaoSymbol />
    </BusyButton>
  );
}

/** The speech bubble of the Kakao login button. */
function KakaoSymbol() {
  return (
    <svg
      className="kakao-symbol"
      viewBox="0 0 20 20"
      width="20"
      height="20"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M10 1.6C4.9 1.6.8 4.8.8 8.8c0 2.6 1.7 4.8 4.3 6.1l-.9 3.4c-.1.3.2.5.5.3l4.1-2.7c.4 0 .8.1 1.2.1 5.1 0 9.2-3.2 9.2-7.2S15.1 1.6 10 1.6Z" />
    </svg>
  );
}
