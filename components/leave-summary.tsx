import type { Text } from '@/lib/text';

/** The first screen of leaving: what is erased, what is kept and why, and two ways on of the same weight. */
export function LeaveSummary({ t, name }: { t: Text['leave']; name: string }) {
  return (
    <section className="card mx-auto grid max-w-md gap-5">
      <h1 className="text-2xl font-bold tracking-tight">{t.title}</h1>
      <p>{t.who(name)}</p>
      <Points title={t.erased} items={t.erasedItems} />
      <Points title={t.kept} items={t.keptItems} />
      <p className="text-muted">{t.comeBack}</p>
      <div className="grid gap-3 sm:grid-cols-2">
        <a href="/account" className="button">
          {t.stay}
        </a>
        <a href="/account/leave/confirm" className="button">
          {t.continue}
        </a>
      </div>
    </section>
  );
}

function Points({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <div>
      <h2 className="font-bold">{title}</h2>
      <ul className="mt-1.5 grid list-disc gap-1 ps-5">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </div>
  );
}
