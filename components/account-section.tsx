import type { ReactNode } from 'react';
import { formatDateTime, type Locale } from '@/lib/text';

interface Props {
  /** Names the section in the address, as `/account#id`. */
  id: string;
  title: string;
  lead?: string | undefined;
  children: ReactNode;
}

/** One card of the account page. */
export function AccountSection({ id, title, lead, children }: Props) {
  return (
    <section id={id} className="card grid gap-4" aria-labelledby={`${id}-title`}>
      <div>
        <h2 id={`${id}-title`} className="text-lg font-bold tracking-tight">
          {title}
        </h2>
        {lead && <p className="mt-1.5 text-sm text-muted">{lead}</p>}
      </div>
      {children}
    </section>
  );
}

interface RowsProps {
  rows: readonly ReactNode[];
  /** How many rows show at first. */
  shown: number;
  more: (count: number) => string;
}

/** A list that shows its first rows, and the rest on request. */
export function ShortenedRows({ rows, shown, more }: RowsProps) {
  const rest = rows.slice(shown);
  return (
    <div>
      <ul className="rows">{rows.slice(0, shown)}</ul>
      {rest.length > 0 && (
        <details className="more">
          <summary>{more(rest.length)}</summary>
          <ul className="rows">{rest}</ul>
        </details>
      )}
    </div>
  );
}

interface PlaceProps {
  at: Date;
  locale: Locale;
  /** A network prefix such as `192.0.2.0/24`. */
  ip: string | null;
  /** What stands before the time. */
  label?: string;
  device?: string | undefined;
}

/** When and where, in one quiet line. */
export function PlaceLine({ at, locale, ip, label, device }: PlaceProps) {
  return (
    <span className="text-sm text-muted">
      {label && `${label} `}
      <time dateTime={at.toISOString()}>{formatDateTime(at, locale)}</time>
      {device && (
        <>
          {' · '}
          <bdi>{device}</bdi>
        </>
      )}
      {ip && <> · {network(ip)}</>}
    </span>
  );
}

/** A prefix as people know addresses: `192.0.2.*`, `2001:db8:1:…`. */
function network(prefix: string): string {
  return prefix.replace(/\.0\/24$/, '.*').replace(/::\/48$/, ':…');
}
