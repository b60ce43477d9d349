interface Props {
  url: string | null;
  /** What a screen reader says, with or without a picture. */
  label: string;
  nickname: string | null;
}

/** A round picture; the first letter of the name stands in while there is none or it does not load. */
export function ProfilePicture({ url, label, nickname }: Props) {
  const [initial] = nickname?.trim() ?? '';
  return (
    <div className="profile-picture" role="img" aria-label={label}>
      <span>{initial ?? <PersonSymbol />}</span>
      {url && (
        <img
          src={url}
          alt=""
          width={72}
          height={72}
          referrerPolicy="no-referrer"
          decoding="async"
          data-initial={initial}
        />
      )}
    </div>
  );
}

function PersonSymbol() {
  return (
    <svg viewBox="0 0 24 24" width="32" height="32" fill="currentColor" aria-hidden="true" focusable="false">
      <circle cx="12" cy="8" r="4.2" />
      <path d="M3.8 20.4c.6-4 4-6.4 8.2-6.4s7.6 2.4 8.2 6.4Z" />
    </svg>
  );
}
