import type { ReactNode } from 'react';

interface Props {
  rows: readonly ReactNode[];
  /** How many are seen at once. */
  shown: number;
  more: (count: number) => string;
}

/** A list of which the first rows are seen, and the rest on request. */
export function ShortenedRows({ rows, shown, more }: Props) {
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
