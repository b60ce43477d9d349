import type { Text } from '@/lib/text';

/** The way to leave, on the account page. */
export function LeaveSection({ t }: { t: Text['leave'] }) {
  return (
    <section id="leave" className="card grid gap-4" aria-labelledby="leave-title">
      <h2 id="leave-title" className="text-lg font-bold tracking-tight">
        {t.heading}
      </h2>
      <p className="text-sm text-muted">{t.lead}</p>
      <a href="/account/leave" className="button">
        {t.open}
      </a>
    </section>
  );
}
