'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';

interface Props {
  className: string;
  label: ReactNode;
  /** In place of the label, from the press until the next page is there. */
  busyLabel: string;
  /** In front of it. */
  children: ReactNode;
}

/** The submit button of a form that leads to another site. Without JavaScript it only submits. */
export function BusyButton({ className, label, busyLabel, children }: Props) {
  const ref = useRef<HTMLButtonElement>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    // Also back from there, or from the app that opened in its place: browsers may show the page as it was left.
    const change = (event: Event) => {
      const { submitter } = event as SubmitEvent;
      if (!submitter || submitter === ref.current) setBusy(!!submitter);
    };
    addEventListener('submit', change);
    addEventListener('pageshow', change);
    addEventListener('visibilitychange', change);
    return () => {
      removeEventListener('submit', change);
      removeEventListener('pageshow', change);
      removeEventListener('visibilitychange', change);
    };
  }, []);
  return (
    <button ref={ref} type="submit" className={className} aria-busy={isBusy || undefined}>
      {children}
      {isBusy ? busyLabel : label}
    </button>
  );
}
