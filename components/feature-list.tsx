import type { Text } from '@/lib/text';

/** What a visitor can expect, as a list of cards. */
export function FeatureList({ features }: { features: Text['home']['features'] }) {
  return (
    <ul className="grid gap-3 sm:grid-cols-3">
      {features.map(({ title, body }) => (
        <li key={title} className="card card-small">
          <h2 className="font-bold">{title}</h2>
          <p className="mt-1.5 text-sm text-muted">{body}</p>
        </li>
      ))}
    </ul>
  );
}
