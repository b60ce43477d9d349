import type { ReactNode } from 'react';

interface Props {
  /** Names the section in the address, as `/account#id`. */
  id: string;
  title: string;
  lead?: string;
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
