import type { WebhookKind } from '../world/webhook-log.ts';
import type { Outcome } from './send.ts';

const needed: Readonly<Record<WebhookKind, number>> = { unlink: 200, 'account-state': 202 };

/** What Kakao makes of an outcome, and the same in words. */
export interface Verdict {
  readonly accepted: boolean;
  readonly verdict: string;
}

/** Only the status counts: 200 for the unlink webhook, 202 for the account-state webhook, in time. */
export function judge(kind: WebhookKind, outcome: Outcome, timeoutMs: number): Verdict {
  if (outcome.kind === 'silence') return refused(`no answer in ${timeoutMs / 1000} s`);
  if (outcome.kind === 'failure') return refused(`no answer: ${outcome.reason}`);
  const { status } = outcome;
  if (status === needed[kind]) return { accepted: true, verdict: `answered ${status}` };
  const follows = status >= 300 && status < 400 ? '; redirects are not followed' : '';
  return refused(`answered ${status}, Kakao needs ${needed[kind]}${follows}`);
}

function refused(verdict: string): Verdict {
  return { accepted: false, verdict };
}
