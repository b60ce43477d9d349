import type { Text } from '@/lib/text';

/** Ends the session in this browser, or every session of the person at this service. */
export function LogoutForm({ t }: { t: Text['logout'] }) {
  return (
    <form method="post" action="/logout" className="card grid gap-5" aria-labelledby="logout-title">
      <h2 id="logout-title" className="text-lg font-bold tracking-tight">
        {t.title}
      </h2>
      <div className="grid gap-2">
        <button type="submit" className="button" aria-describedby="logout-here-hint">
          {t.here}
        </button>
        <p id="logout-here-hint" className="text-sm text-muted">
          {t.hereHint}
        </p>
      </div>
      <div className="grid gap-2">
        <button
          type="submit"
          name="everywhere"
          value="1"
          className="button"
          aria-describedby="logout-everywhere-hint"
        >
          {t.everywhere}
        </button>
        <p id="logout-everywhere-hint" className="text-sm text-muted">
          {t.everywhereHint}
        </p>
      </div>
    </form>
  );
}
