import type { Patient } from './patient.ts';

/** How one case ended: what was sent and what was seen. */
export interface Finding {
  readonly verdict: 'pass' | 'fail' | 'not applicable';
  readonly sent: string;
  readonly seen: string;
  /** Only where it is not that of the case: an app that crashes under an attack is broken, not open. */
  readonly kind?: Case['kind'];
}

/** What is wrong: the failure that the case looks for, or a crash on the way to it. */
export type Wrong = string | { readonly crash: string };

/** One bad case. `kind` is what the app is when it fails: open to an attack, or not working. */
export interface Case {
  readonly id: string;
  readonly title: string;
  readonly kind: 'vulnerable' | 'broken';
  /** Why it matters, and who says so. */
  readonly why: string;
  readonly mend: string;
  readonly run: (patient: Patient) => Promise<Finding>;
}

/** Cases of one subject. */
export interface Group {
  readonly name: string;
  readonly cases: readonly Case[];
}

/** Fails with what is wrong; without it passes, with `right` as what was seen. */
export function finding(sent: string, wrong: Wrong | null, right: string): Finding {
  if (wrong === null) return { verdict: 'pass', sent, seen: right };
  if (typeof wrong === 'string') return { verdict: 'fail', sent, seen: wrong };
  return { verdict: 'fail', kind: 'broken', sent, seen: wrong.crash };
}

/** The case does not apply to this app, and why. */
export function notApplicable(because: string): Finding {
  return { verdict: 'not applicable', sent: 'nothing', seen: because };
}
