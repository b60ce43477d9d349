'use client';

import { digestOf, ProblemMessage } from '@/components/problem-message';
import { problem } from '@/lib/text/problem';
import './globals.css';

const { ko, en } = problem;

/** Stands in for the whole document when even its frame failed. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="ko">
      <head>
        <link rel="stylesheet" href="/theme.css" />
      </head>
      <body>
        <title>{`${ko.title} · ${en.title}`}</title>
        <main className="px-4 py-8">
          <ProblemMessage digest={digestOf(error)} retry={retry} />
        </main>
      </body>
    </html>
  );
}
