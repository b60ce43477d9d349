import type { newApp } from '../control/app-shape.ts';
import type { appUser } from '../control/apps.ts';
import type { approvalOrder, autoApproval } from '../control/auto-approve.ts';
import type { clockChanges } from '../control/clock.ts';
import type { faultOrder } from '../control/faults.ts';
import type { webhookOrder } from '../control/fire-webhook.ts';
import type { shownRequest } from '../control/requests.ts';
import type { listedScenario, scenarioOrder } from '../control/scenarios.ts';
import type { TypeOf } from '../control/schema.ts';
import type { tokenOrder } from '../control/tokens.ts';
import type { unlinkOrder } from '../control/users.ts';
import type { listedWebhooks, replayOrder, shownAttempt } from '../control/webhooks.ts';

export type { AppChanges } from '../control/app-shape.ts';
export type { ClockShown } from '../control/clock.ts';
export type { ShownFault as WaitingFault } from '../control/faults.ts';
export type { RequestQuery as RequestFilter } from '../control/request-filter.ts';
export type { Tokens } from '../control/tokens.ts';
export type { NewUser, UserChanges } from '../control/user-shape.ts';
export type { Namespace, NamespaceOrder } from '../world/addresses.ts';
export type { AppView } from '../world/apps.ts';
export type { Seed } from '../world/seed.ts';
export type { Settings } from '../world/settings.ts';
export type { User } from '../world/users.ts';

/** From which app (the first one unless named), and why. */
export type UnlinkOrder = TypeOf<typeof unlinkOrder>;

/** Settings of an app and of its first REST API key, and ids and keys of its own. */
export type NewApp = TypeOf<typeof newApp>;
/** By which id an app knows somebody, and what links them. */
export type AppUser = TypeOf<typeof appUser>;

export type TokenOrder = TypeOf<typeof tokenOrder>;

export type ApprovalOrder = TypeOf<typeof approvalOrder>;
export type AutoApproval = TypeOf<typeof autoApproval>;

/** What goes wrong at an endpoint, when and how often. */
export type FaultSent = Omit<TypeOf<typeof faultOrder>, 'endpoint'>;

export type ScenarioOrder = TypeOf<typeof scenarioOrder>;
export type ScenarioListed = TypeOf<typeof listedScenario>;

export type ShownRequest = ReturnType<typeof shownRequest>;

export type ClockChanges = TypeOf<typeof clockChanges>;

export interface WebhookFilter {
  readonly user?: string;
  readonly kind?: 'unlink' | 'account-state';
  readonly delivery?: string;
}

/** Which reasons and flaws fit depends on `kind`. */
export type WebhookOrder = TypeOf<typeof webhookOrder>;
export type ReplayOrder = TypeOf<typeof replayOrder>;
export type ShownAttempt = ReturnType<typeof shownAttempt>;
export type WebhooksListed = ReturnType<typeof listedWebhooks>;

export interface AttemptsMade {
  /** Absent when the caller did not wait. */
  readonly attempts?: readonly ShownAttempt[];
}
