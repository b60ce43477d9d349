import { type Dates, deviceText, type HistoryFacts, historySentence, type Text } from '@/lib/text';
import { AccountSection, PlaceLine } from './account-section';

type Entry = HistoryFacts & {
  readonly id: string;
  readonly at: Date;
  readonly device: string | null;
  readonly ip: string | null;
};

interface Props {
  t: Text;
  dates: Dates;
  entries: readonly Entry[];
  /** Whether there are more entries than these. */
  hasMore: boolean;
}

/** What happened to the account last, newest first, and the way to the rest. `entries` is `null` when it could not be read. */
export function AccountHistory({
  t,
  dates,
  entries,
  hasMore,
}: Omit<Props, 'entries'> & { entries: Props['entries'] | null }) {
  return (
    <AccountSection id="history" title={t.history.heading} lead={entries ? t.history.lead : undefined}>
      {entries && entries.length > 0 ? (
        <ul className="rows">{rows(entries, t, dates)}</ul>
      ) : (
        <p className="text-sm text-muted">{entries ? t.history.none : t.history.unavailable}</p>
      )}
      {hasMore && (
        <a href="/account/history" className="link-quiet">
          {t.history.all}
        </a>
      )}
    </AccountSection>
  );
}

/** One page of the whole history, and the ways to its neighbours. */
export function HistoryPage({ t, dates, entries, hasMore, page }: Props & { page: number }) {
  const { history } = t;
  return (
    <div className="mx-auto grid max-w-xl grid-cols-1 gap-3 sm:gap-4">
      <h1 className="text-2xl font-bold tracking-tight sm:text-3xl">{historyTitle(t, page)}</h1>
      <p className="text-muted">{history.lead}</p>
      <div className="card grid gap-4">
        {entries.length > 0 ? (
          <ul className="rows">{rows(entries, t, dates)}</ul>
        ) : (
          <p className="text-muted">{page > 1 ? history.pages.end : history.none}</p>
        )}
        {(page > 1 || hasMore) && (
          <nav aria-label={history.pages.name} className="grid grid-cols-2 gap-2">
            {page > 1 && (
              <a href={historyPath(page - 1)} className="button" rel="prev">
                {history.pages.newer}
              </a>
            )}
            {hasMore && (
              <a href={historyPath(page + 1)} className="button col-start-2" rel="next">
                {history.pages.older}
              </a>
            )}
          </nav>
        )}
      </div>
      <a href="/account" className="button-quiet">
        {history.pages.back}
      </a>
    </div>
  );
}

/** What a page of the history is called: each has a title of its own. */
export function historyTitle({ history }: Text, page: number): string {
  return page === 1 ? history.heading : history.pages.title(page);
}

/** The address of a page of the history. */
export function historyPath(page: number): string {
  return page === 1 ? '/account/history' : `/account/history?page=${page}`;
}

function rows(entries: readonly Entry[], t: Text, dates: Dates) {
  return entries.map((entry) => (
    <li key={entry.id} data-event={entry.kind}>
      <div className="grid min-w-0">
        <span className="font-semibold">{historySentence(entry, t)}</span>
        <PlaceLine
          at={entry.at}
          dates={dates}
          ip={entry.ip}
          device={entry.device ? deviceText(entry.device, t.sessions) : undefined}
        />
      </div>
    </li>
  ));
}
