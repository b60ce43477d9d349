interface Props {
  url: string | null;
  alt: string;
  /** Its first character stands in for the picture while there is none. */
  nickname: string | null;
}

/** A round picture; the first letter of the name stands in while there is none or it does not load. */
export function ProfilePicture({ url, alt, nickname }: Props) {
  const [initial] = nickname?.trim() ?? '';
  return (
    <div className="profile-picture">
      <span aria-hidden="true">{initial ?? <PersonSymbol />}</span>
      {url && (
        <img src={url} alt={alt} width={72} height={72} referrerPolicy="no-referrer" decoding="async" />
      )}
    </div>
  );
}

function PersonSymbol() {
  return (
    <svg viewBox="0 0 24 24" width="32" height="32" fill="currentColor" aria-hidden="true" focusable="false">
      <circle cx="12" cy="8" r="4.2" />
      <path d="M3.8 20.4c.6-4 4-6.4 8.200-6.4s7.600 2.4 8.200 6.4Z" />
    </svg>
  );
}
