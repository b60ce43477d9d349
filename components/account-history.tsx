import { deviceText, type HistoryFacts, historySentence, type Locale, type Text } from '@/lib/text';
import { AccountSection, PlaceLine, ShortenedRows } from './account-section';

interface Props {
  t: Text;
  locale: Locale;
  entries: readonly (HistoryFacts & {
    id: string;
    at: Date;
    device: string | null;
    ip: string | null;
  })[];
}

/** What happened to the account, newest first. */
export function AccountHistory({ t, locale, entries }: Props) {
  const rows = entries.map((entry) => (
    <li key={entry.id} data-event={entry.kind}>
      <div className="grid min-w-0">
        <span className="font-semibold">{historySentence(entry, t)}</span>
        <PlaceLine
          at={entry.at}
          locale={locale}
          ip={entry.ip}
          device={entry.device ? deviceText(entry.device, t.sessions) : undefined}
        />
      </div>
    </li>
  ));
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
