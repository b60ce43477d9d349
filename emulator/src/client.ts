/**
 * The control API of a running emulator from JavaScript, in Node or a browser.
 *
 *     const kakao = controlClient('http://localhost:4000');
 *     await kakao.autoApprove.add({ userId: '3900000001' });
 */

import type * as Api from './client/api.ts';
import { type Call, createCall } from './client/call.ts';

export type * from './client/api.ts';
export type { Call } from './client/call.ts';
export { ControlError } from './client/call.ts';

/** All operations of one Kakao; everything rejects with `ControlError` when it is refused. */
export type ControlClient = ReturnType<typeof controlClient>;

/** A client of the Kakao whose addresses begin with `url`, which may be a namespace. */
export function controlClient(url: string) {
  const origin = url.replace(/\/$/, '');
  const call = createCall(`${origin}/__emulator/v1`);
  return {
    url: origin,
    /** Any operation, also one that has no function here. */
    call,
    reset: () => call<void>('POST', '/reset'),
    ...dataCalls(call),
    ...behaviourCalls(call),
    ...logCalls(call),
    ...environmentCalls(call),
  };
}

function dataCalls(call: Call) {
  return {
    users: {
      list: async () => (await call<{ users: Api.User[] }>('GET', '/users')).users,
      add: (user: Api.NewUser = {}) => call<Api.User>('POST', '/users', user),
      change: (id: string, changes: Api.UserChanges) => call<Api.User>('PATCH', `/users/${id}`, changes),
      remove: (id: string) => call<void>('DELETE', `/users/${id}`),
      unlink: (id: string, order: Api.UnlinkOrder = {}) => call<void>('POST', `/users/${id}/unlink`, order),
    },
    apps: {
      list: async () => (await call<{ apps: Api.AppView[] }>('GET', '/apps')).apps,
      show: (app: string | number) => call<Api.AppView>('GET', `/apps/${app}`),
      add: (app: Api.NewApp = {}) => call<Api.AppView>('POST', '/apps', app),
      change: (app: string | number, changes: Api.AppChanges) =>
        call<Api.AppView>('PATCH', `/apps/${app}`, changes),
      remove: (app: string | number) => call<void>('DELETE', `/apps/${app}`),
      users: async (app: string | number) =>
        (await call<{ users: Api.AppUser[] }>('GET', `/apps/${app}/users`)).users,
    },
    tokens: { mint: (order: Api.TokenOrder) => call<Api.Tokens>('POST', '/tokens', order) },
    snapshot: {
      take: () => call<Required<Api.Seed>>('GET', '/snapshot'),
      restore: (seed: Api.Seed) => call<void>('PUT', '/snapshot', seed),
    },
  };
}

function behaviourCalls(call: Call) {
  return {
    autoApprove: {
      list: async () =>
        (await call<{ autoApprovals: Api.AutoApproval[] }>('GET', '/auto-approve')).autoApprovals,
      add: (order: Api.ApprovalOrder) => call<Api.AutoApproval>('POST', '/auto-approve', order),
      clear: () => call<void>('DELETE', '/auto-approve'),
    },
    faults: {
      list: async () => (await call<{ faults: Api.WaitingFault[] }>('GET', '/faults')).faults,
      add: (endpoint: string, fault: Api.FaultSent) =>
        call<Api.WaitingFault>('POST', '/faults', { endpoint, ...fault }),
      remove: (id: string) => call<void>('DELETE', `/faults/${id}`),
      clear: () => call<void>('DELETE', '/faults'),
    },
    scenarios: {
      list: async () => (await call<{ scenarios: Api.ScenarioListed[] }>('GET', '/scenarios')).scenarios,
      turnOn: (name: string, order: Api.ScenarioOrder = {}) =>
        call<{ scenario: string; faults: Api.WaitingFault[] }>('POST', `/scenarios/${name}`, order),
    },
  };
}

function logCalls(call: Call) {
  return {
    requests: {
      list: async (filter: Api.RequestFilter = {}) =>
        (await call<{ requests: Api.ShownRequest[] }>('GET', `/requests${queryOf(filter)}`)).requests,
      /** The first request that fits, as soon as it is answered. */
      wait: (filter: Api.RequestFilter & { timeoutMs?: number }) =>
        call<Api.ShownRequest>('GET', `/requests/wait${queryOf(filter)}`),
      clear: () => call<void>('DELETE', '/requests'),
    },
    webhooks: {
      list: (filter: Api.WebhookFilter = {}) =>
        call<Api.WebhooksListed>('GET', `/webhooks${queryOf(filter)}`),
      /** Resolves once everything has been sent. */
      idle: () => call<void>('GET', '/webhooks/idle'),
      fire: (order: Api.WebhookOrder) => call<Api.AttemptsMade>('POST', '/webhooks/fire', order),
      replay: (order: Api.ReplayOrder) => call<Api.AttemptsMade>('POST', '/webhooks/replay', order),
      retry: (order: { wait?: boolean } = {}) => call<Api.AttemptsMade>('POST', '/webhooks/retry', order),
      clear: () => call<void>('DELETE', '/webhooks'),
    },
  };
}

function environmentCalls(call: Call) {
  return {
    settings: {
      show: () => call<Api.Settings>('GET', '/settings'),
      change: (changes: Partial<Api.Settings>) => call<Api.Settings>('PATCH', '/settings', changes),
    },
    clock: {
      show: () => call<Api.ClockShown>('GET', '/clock'),
      change: (changes: Api.ClockChanges) => call<Api.ClockShown>('PATCH', '/clock', changes),
      advance: (seconds: number) => call<Api.ClockShown>('POST', '/clock/advance', { seconds }),
      reset: () => call<Api.ClockShown>('DELETE', '/clock'),
    },
    keys: {
      rotate: (order: { overlap?: boolean } = {}) => call<{ kid: string }>('POST', '/keys/rotate', order),
    },
    namespaces: {
      list: async () => (await call<{ namespaces: Api.Namespace[] }>('GET', '/namespaces')).namespaces,
      open: (order: Api.NamespaceOrder = {}) => call<Api.Namespace>('POST', '/namespaces', order),
      close: (name: string) => call<void>('DELETE', `/namespaces/${name}`),
    },
  };
}

function queryOf(filter: object): string {
  const pairs = Object.entries(filter).map(([name, value]): [string, string] => [name, String(value)]);
  return pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : '';
}
