import type { ReactNode } from 'react';
import type { Dates } from '@/lib/text';

interface Props {
  /** Names the section in the address, as `/account#id`. */
  id: string;
  title: string;
  lead?: string | undefined;
  /** Where the page itself has this title. */
  hidesTitle?: boolean;
  children: ReactNode;
}

/** One card of the account page. */
export function AccountSection({ id, title, lead, hidesTitle, children }: Props) {
  return (
    <section id={id} className="card grid grid-cols-1 gap-3" aria-labelledby={`${id}-title`}>
      <div>
        <h2 id={`${id}-title`} className={hidesTitle ? 'sr-only' : 'text-lg font-bold tracking-tight'}>
          {title}
        </h2>
        {lead && <p className="mt-1 text-sm text-muted">{lead}</p>}
      </div>
      {children}
    </section>
  );
}

interface NavProps {
  label: string;
  /** Address and name of each. */
  sections: readonly (readonly [href: string, name: string])[];
}

/** The sections of the account page, to jump to. */
export function SectionNav({ label, sections }: NavProps) {
  return (
    <nav aria-label={label} className="section-nav">
      {sections.map(([href, name]) => (
        <a key={href} href={href} className="nav-item">
          {name}
        </a>
      ))}
    </nav>
  );
}

interface PlaceProps {
  at: Date;
  dates: Dates;
  /** A network prefix such as `192.0.2.0/24`. */
  ip: string | null;
  device?: string | undefined;
}

/** When and where, in one quiet line. */
export function PlaceLine({ at, dates, ip, device }: PlaceProps) {
  const network = ip && networkText(ip);
  return (
    <span className="text-sm text-muted">
      <time dateTime={at.toISOString()}>{dates.minute(at)}</time>
      {device && (
        <>
          {' · '}
          <bdi>{device}</bdi>
        </>
      )}
      {network && <> · {network}</>}
    </span>
  );
}

/** Networks that say nothing about a place: loopback, private and link-local ones (RFC 6890). */
const ownNetworks =
  /^(?:0|10|127)\.|^169\.254\.|^172\.(?:1[6-9]|2\d|3[01])\.|^192\.168\.|^0:0:0::|^f[cd][0-9a-f]{2}:|^fe[89ab][0-9a-f]:/;

/** A prefix as people know addresses: `192.0.2.*`, `2001:db8:1:…`. `null` for one that says nothing about a place. */
export function networkText(prefix: string): string | null {
  if (ownNetworks.test(prefix)) return null;
  return prefix.replace(/\.0\/24$/, '.*').replace(/::\/48$/, ':…');
}
