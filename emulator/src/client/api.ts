import type { AppView } from '../world/app-view.ts';
import type { App } from '../world/apps.ts';
import type { FaultCondition, FaultEffect } from '../world/faults.ts';
import type { KeySettings } from '../world/platform-keys.ts';
import type { UnlinkReason } from '../world/unlink-reasons.ts';
import type { WebhookSettings } from '../world/webhook-settings.ts';

export type { ScenarioOrder } from '../scenarios/apply-scenario.ts';
export type { AppView } from '../world/app-view.ts';
export type { Namespace, NamespaceOrder } from '../world/namespace-control.ts';
export type { Seed } from '../world/seed.ts';
export type { Settings } from '../world/settings.ts';
export type { User } from '../world/users.ts';

/** Settings of an app and of the key that it is named by; those that are named are changed. */
export type AppChanges = Partial<Omit<App, 'webhooks'> & KeySettings> & {
  readonly webhooks?: Partial<WebhookSettings>;
  readonly clientId?: string;
  readonly adminKey?: string;
};

export interface AppUser {
  readonly id: string;
  readonly serviceUserId: string;
  readonly link: {
    readonly connectedAt: string;
    readonly isPreregistered: boolean;
    readonly scopes: readonly string[];
    /** Tags of service terms. */
    readonly terms: readonly string[];
    readonly properties: Readonly<Record<string, string>>;
  } | null;
}

export interface UnlinkOrder {
  readonly clientId?: string;
  readonly reason?: UnlinkReason;
}

export interface TokenOrder {
  readonly userId: string;
  readonly clientId?: AppView['clientId'];
  readonly scopes?: readonly string[];
  readonly terms?: readonly string[];
  readonly link?: boolean;
  readonly nonce?: string | null;
}

/** Kakao's token response. */
export interface Tokens {
  readonly token_type: 'bearer';
  readonly access_token: string;
  readonly expires_in: number;
  readonly refresh_token: string;
  readonly refresh_token_expires_in: number;
  readonly scope: string;
  readonly id_token?: string;
}

export interface ApprovalOrder {
  readonly userId: string;
  readonly clientId?: string;
  readonly times?: number;
  readonly always?: boolean;
  readonly decision?: 'agree' | 'cancel';
  readonly scopes?: readonly string[];
  readonly terms?: readonly string[];
}

export interface AutoApproval {
  readonly id: string;
  readonly userId: string;
  readonly clientId: string | null;
  readonly decision: 'agree' | 'cancel';
  readonly scopes: readonly string[] | null;
  readonly terms: readonly string[] | null;
  readonly remaining: number | 'always';
}

/** What goes wrong at an endpoint, when and how often. */
export interface FaultSent extends Omit<FaultEffect, 'body' | 'idToken'>, Partial<FaultCondition> {
  readonly times?: number;
  readonly always?: boolean;
  readonly body?: string | object;
  readonly idToken?: Readonly<Record<string, unknown>>;
}

export interface WaitingFault extends FaultEffect {
  readonly id: string;
  readonly endpoint: string;
  readonly remaining: number | 'always';
}

export interface ScenarioListed {
  readonly name: string;
  readonly what: unknown;
  readonly code: string | number | null;
  readonly endpoint: string;
  readonly endpoints: readonly string[];
}

export interface RequestFilter {
  readonly path?: string;
  readonly method?: string;
  /** `401`, or `4xx`. */
  readonly status?: number | string;
  readonly code?: string | number;
  /** Only requests with a greater id. */
  readonly since?: number;
  readonly secrets?: 'shown';
}

export interface ShownRequest {
  readonly id: number;
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly code: string | number | null;
  readonly faultId: string | null;
  readonly query: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly curl: string;
}

export interface ClockShown {
  /** RFC 3339. */
  readonly now: string;
  readonly offsetSeconds: number;
  readonly frozen: boolean;
}

export interface WebhookFilter {
  readonly user?: string;
  readonly kind?: 'unlink' | 'account-state';
  readonly delivery?: string;
}

/** Members as in `POST /webhooks/fire`. */
export interface WebhookOrder {
  readonly userId: string;
  readonly kind?: 'unlink' | 'account-state';
  readonly clientId?: string;
  readonly url?: string;
  readonly event?: string;
  readonly reason?: string;
  readonly times?: number;
  readonly hold?: boolean;
  readonly wait?: boolean;
  readonly flaw?: string;
  readonly method?: 'GET' | 'POST';
  readonly claims?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Added to the time of issue and of the event. */
  readonly iatOffsetSeconds?: number;
  readonly toeOffsetSeconds?: number;
}

export interface ReplayOrder {
  readonly deliveries: readonly string[];
  readonly times?: number;
  readonly wait?: boolean;
}

export interface ShownAttempt {
  readonly delivery: string;
  readonly kind: 'unlink' | 'account-state';
  readonly time: string;
  readonly status: number | null;
  readonly accepted: boolean | null;
  /** How the app answered, in words. */
  readonly verdict: string;
}

export interface AttemptsMade {
  /** Not there when nobody waited. */
  readonly attempts?: readonly ShownAttempt[];
}

export interface WebhooksListed {
  readonly apps: readonly (WebhookSettings & { readonly appId: number })[];
  readonly waiting: number;
  readonly dropped: number;
  readonly attempts: readonly ShownAttempt[];
}
