'use client';

import { digestOf, ProblemMessage } from '@/components/problem-message';

/** Stands in for a page that failed. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return <ProblemMessage digest={digestOf(error)} retry={retry} />;
}
