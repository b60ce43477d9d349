import { newId } from './random.ts';

/** An auto-approval: lets the next logins through without showing a page. */
export interface AutoApproval {
  readonly id: string;
  readonly userId: string;
  /** Only logins with this platform key, or with any. */
  readonly clientId: string | null;
  readonly decision: 'agree' | 'cancel';
  /** Scope ids to agree to, or everything that the consent screen would ask for. */
  readonly scopes: readonly string[] | null;
  /** Tags of service terms to agree to, or everything that the consent screen would ask for. */
  readonly terms: readonly string[] | null;
  /** Logins left; `Infinity` for always. */
  remaining: number;
}

const MOST_APPROVALS = 1_000;

/** Adds an auto-approval behind those that are pending. */
export function addAutoApproval(approvals: AutoApproval[], approval: Omit<AutoApproval, 'id'>): AutoApproval {
  const added = { id: newId(), ...approval };
  approvals.push(added);
  if (approvals.length > MOST_APPROVALS) approvals.shift();
  return added;
}

/** Uses up one login of the first auto-approval for this platform key. */
export function takeAutoApproval(approvals: AutoApproval[], clientId: string): AutoApproval | undefined {
  const at = approvals.findIndex((approval) => approval.clientId === null || approval.clientId === clientId);
  const approval = approvals[at];
  if (!approval) return undefined;
  approval.remaining -= 1;
  if (approval.remaining <= 0) approvals.splice(at, 1);
  return approval;
}
