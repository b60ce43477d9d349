import { deviceText, type Locale, type SecurityEventText, securityEventText, type Text } from '@/lib/text';
import { AccountSection } from './account-section';
import { PlaceLine } from './place-line';
import { ShortenedRows } from './shortened-rows';

interface Props {
  t: Text;
  locale: Locale;
  events: readonly (SecurityEventText & {
    id: string;
    at: Date;
    device: string | null;
    ip: string | null;
  })[];
}

/** What happened to the account, newest first. */
export function SecurityHistory({ t, locale, events }: Props) {
  const rows = events.map((event) => {
    const device = event.device && deviceText(event.device, t.sessions);
    return (
      <li key={event.id} data-event={event.kind}>
        <div className="grid min-w-0">
          <span className="font-semibold">{securityEventText(event, t)}</span>
          <PlaceLine at={event.at} locale={locale} ip={event.ip} {...(device ? { device } : {})} />
        </div>
      </li>
    );
  });
  return (
    <AccountSection id="history" title={t.history.heading} lead={t.history.lead}>
      {rows.length > 0 ? (
        <ShortenedRows rows={rows} shown={8} more={t.history.more} />
      ) : (
        <p className="text-sm text-muted">{t.history.none}</p>
      )}
    </AccountSection>
  );
}
