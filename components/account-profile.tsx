import type { ReactNode } from 'react';
import { type Dates, displayName, type Text } from '@/lib/text';

interface Props {
  user: {
    kakaoId: string | number | bigint;
    nickname: string | null;
    email: string | null;
    createdAt: Date;
    lastLoginAt: Date;
  };
  /** Where their picture is; `null` without one. */
  picture: string | null;
  t: Text['account'];
  dates: Dates;
  /** Whether Kakao says that the e-mail is shared; `null` when it is not known. */
  emailConsent: boolean | null;
}

/** Who the person is here: picture, name, e-mail and membership. */
export function AccountProfile({ user, picture, t, dates, emailConsent }: Props) {
  const name = displayName(user, t);
  return (
    <section className="card" aria-labelledby="profile-title">
      <h2 id="profile-title" className="sr-only">
        {t.profile}
      </h2>
      <div className="flex items-center gap-4">
        <ProfilePicture url={picture} label={t.picture(name)} nickname={user.nickname} />
        <div className="min-w-0">
          <p className="text-xl font-bold tracking-tight wrap-anywhere">
            <bdi>{name}</bdi>
          </p>
          <p className="mt-0.5 text-sm text-muted">
            {t.kakaoId} <span className="tabular-nums">{String(user.kakaoId)}</span>
          </p>
        </div>
      </div>
      <dl className="details">
        <Detail term={t.email}>
          {user.email ?? <span className="text-muted">{noEmail(t, emailConsent)}</span>}
        </Detail>
        <Detail term={t.memberSince}>
          <time dateTime={user.createdAt.toISOString()}>{dates.day(user.createdAt)}</time>
        </Detail>
        <Detail term={t.lastLogin}>
          <time dateTime={user.lastLoginAt.toISOString()}>{dates.minute(user.lastLoginAt)}</time>
        </Detail>
      </dl>
    </section>
  );
}

function noEmail(t: Text['account'], agreed: boolean | null): string {
  if (agreed === null) return t.noEmail;
  return agreed ? t.noVerifiedEmail : t.emailNotAgreed;
}

function Detail({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface PictureProps {
  url: string | null;
  /** What a screen reader says, with or without a picture. */
  label: string;
  nickname: string | null;
}

/** A round picture; the first letter of the name stands in while there is none or it does not load. */
function ProfilePicture({ url, label, nickname }: PictureProps) {
  const [initial] = nickname?.trim() ?? '';
  return (
    <div className="profile-picture" role="img" aria-label={label}>
      <span>{initial ?? <PersonSymbol />}</span>
      {url && <img src={url} alt="" width={72} height={72} decoding="async" data-initial={initial} />}
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
