import { type Dates, deviceText, type Text } from '@/lib/text';
import { AccountSection, networkText } from './account-section';

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
  dates: Dates;
  /** The one of this request first. `null` when they could not be read. */
  sessions: readonly OwnSession[] | null;
  /** How the last attempt to end one went. */
  outcome: keyof Text['sessions']['outcomes'] | null;
  now: Date;
}

/** So many devices are on the account page; the rest is on a page of its own. */
const shown = 5;

/** Where the person is logged in: this device marked, each of the others can be ended, or all of them. */
export function Sessions(props: Props & { everywhere: string }) {
  const { t, sessions, outcome, everywhere } = props;
  if (sessions === null) {
    return (
      <AccountSection id="sessions" title={t.heading}>
        <p className="text-sm text-muted">{t.unavailable}</p>
      </AccountSection>
    );
  }
  return (
    <AccountSection id="sessions" title={t.heading} lead={t.lead}>
      {outcome && (
        <p role="status" className="notice">
          {t.outcomes[outcome]}
        </p>
      )}
      <SessionRows {...props} sessions={sessions.slice(0, shown)} />
      {sessions.length > shown && (
        <a href="/account/devices" className="link-quiet">
          {t.all(sessions.length)}
        </a>
      )}
      <div className="flex flex-wrap items-center gap-x-5 gap-y-1">
        {sessions.length > 1 ? (
          <form method="post" action="/account/sessions">
            <button type="submit" name="others" value="1" className="button-small">
              {t.endOthers}
            </button>
          </form>
        ) : (
          <p className="text-sm text-muted">{t.only}</p>
        )}
        <form method="post" action="/logout">
          <button type="submit" name="everywhere" value="1" className="link-quiet">
            {everywhere}
          </button>
        </form>
      </div>
    </AccountSection>
  );
}

/** Rows of devices, for the account page and the page of all of them. */
export function SessionRows(props: Omit<Props, 'outcome'>) {
  return (
    <ul className="rows">
      {props.sessions?.map((session) => (
        <SessionRow key={session.id} {...props} session={session} />
      ))}
    </ul>
  );
}

function SessionRow({
  t,
  dates,
  session,
  now,
}: Pick<Props, 't' | 'dates' | 'now'> & { session: OwnSession }) {
  const device = deviceText(session.device, t);
  const active = `session-${session.id}`;
  return (
    <li data-session={session.id} data-current={session.current || undefined}>
      <details className="row-details">
        <summary>
          <span className="font-semibold">
            <bdi>{device}</bdi> {session.current && <span className="badge">{t.current}</span>}
          </span>
          <span id={active} className="text-sm text-muted">
            {t.active(dates.ago(session.lastSeenAt, now))} ·{' '}
            <time dateTime={session.lastSeenAt.toISOString()}>{dates.clock(session.lastSeenAt, now)}</time>{' '}
            <span className="row-arrow" />
          </span>
        </summary>
        <SessionDetails t={t} dates={dates} session={session} />
      </details>
      {!session.current && (
        <form method="post" action="/account/sessions">
          <input type="hidden" name="id" value={session.id} />
          <button type="submit" className="button-small" aria-label={t.end(device)} aria-describedby={active}>
            {t.endShort}
          </button>
        </form>
      )}
    </li>
  );
}

/** What is shown on request. */
function SessionDetails({ t, dates, session }: Pick<Props, 't' | 'dates'> & { session: OwnSession }) {
  const network = session.ip && networkText(session.ip);
  const rows = [
    [t.signedIn, session.createdAt],
    [t.until, session.expiresAt],
  ] as const;
  return (
    <dl>
      {rows.map(([term, date]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>
            <time dateTime={date.toISOString()}>{dates.minute(date)}</time>
          </dd>
        </div>
      ))}
      {network && (
        <div>
          <dt>{t.network}</dt>
          <dd>{network}</dd>
        </div>
      )}
    </dl>
  );
}
