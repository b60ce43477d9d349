import { formatDateTime, type Locale } from '@/lib/text';

interface Props {
  at: Date;
  locale: Locale;
  /** A network prefix such as `192.0.2.0/24`. */
  ip: string | null;
  /** What stands before the time. */
  label?: string;
  device?: string | undefined;
}

/** When and where, in one quiet line. */
export function PlaceLine({ at, locale, ip, label, device }: Props) {
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
