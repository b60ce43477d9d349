import { deviceText, type Locale, type Text } from '@/lib/text';
import { AccountSection, PlaceLine, ShortenedRows } from './account-section';

interface OwnSession {
  id: string;
  /** The name of its device, such as "Chrome · Windows". */
  device: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  ip: string | null;
  current: boolean;
}

interface Props {
  t: Text['sessions'];
  locale: Locale;
  sessions: readonly OwnSession[];
  /** How the last attempt to end one went. */
  outcome: keyof Text['sessions']['outcomes'] | null;
}

/** Where the person is logged in: this device marked, each of the others can be ended, or all of them. */
export function Sessions({ t, locale, sessions, outcome }: Props) {
  const rows = sessions.map((session) => (
    <SessionRow key={session.id} t={t} locale={locale} session={session} />
  ));
  return (
    <AccountSection id="sessions" title={t.heading} lead={t.lead}>
      {outcome && (
        <p role="status" className="notice">
          {t.outcomes[outcome]}
        </p>
      )}
      <ShortenedRows rows={rows} shown={6} more={t.more} />
      {sessions.length > 1 ? (
        <form method="post" action="/account/sessions">
          <button type="submit" name="others" value="1" className="button">
            {t.endOthers}
          </button>
        </form>
      ) : (
        <p className="text-sm text-muted">{t.only}</p>
      )}
    </AccountSection>
  );
}

function SessionRow({ t, locale, session }: Omit<Props, 'sessions' | 'outcome'> & { session: OwnSession }) {
  const device = deviceText(session.device, t);
  const details = `session-${session.id}`;
  return (
    <li data-session={session.id} data-current={session.current || undefined}>
      <div className="grid min-w-0 flex-1 basis-44">
        <span className="font-semibold">
          <bdi>{device}</bdi> {session.current && <span className="badge">{t.current}</span>}
        </span>
        <span id={details} className="grid">
          <PlaceLine at={session.lastSeenAt} locale={locale} ip={session.ip} label={t.lastSeen} />
          <PlaceLine at={session.createdAt} locale={locale} ip={null} label={t.signedIn} />
          <PlaceLine at={session.expiresAt} locale={locale} ip={null} label={t.until} />
        </span>
      </div>
      {!session.current && (
        <form method="post" action="/account/sessions">
          <input type="hidden" name="id" value={session.id} />
          <button
            type="submit"
            className="button-small"
            aria-label={t.end(device)}
            aria-describedby={details}
          >
            {t.endShort}
          </button>
        </form>
      )}
    </li>
  );
}
