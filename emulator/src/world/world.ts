import { type Addresses, addressesAt, type NamespaceControl } from './addresses.ts';
import { type App, scopesInState } from './apps.ts';
import type { AutoApproval } from './auto-approvals.ts';
import { type Clock, instant, runningTime, type Time } from './clock.ts';
import { defaultApps } from './default-apps.ts';
import type { Fault } from './faults.ts';
import type { ApiCalls, IssueTimes } from './limits.ts';
import { connect, type Links } from './links.ts';
import { linkedPersonaId, personas } from './personas.ts';
import { generatedPeople } from './plausible-people.ts';
import { clearRequests, emptyLog, type RequestLog } from './request-log.ts';
import { type Seed, seededApps, seededLinks, seededUsers } from './seed.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { initialKeys, type SigningKeys } from './signing-keys.ts';
import type { Codes, Expiring, Tokens } from './tokens.ts';
import type { User } from './users.ts';
import type { WebhookSettings } from './webhook-events.ts';
import { noWebhooks, type Webhooks } from './webhook-log.ts';

/** The Kakao Account sessions of browsers, by cookie value: 24 hours each, not prolonged by use. */
type AccountSessions = Map<string, Expiring & { readonly userId: string }>;

/** The initial state of a world, to which every reset returns. */
export interface Beginning {
  readonly clock: Clock;
  readonly redirectUris: readonly string[];
  readonly settings: Partial<Settings>;
  /** Of the first app. */
  readonly webhooks: Partial<WebhookSettings>;
  readonly allowRemote: boolean;
  /** The names in the URLs that it was given: what it answers to beside those that lead here anyway. */
  readonly hostNames: readonly string[];
  /** State that replaces the default users and apps. */
  readonly seed?: Seed | undefined;
  /** How many generated users to add, from this random seed. */
  readonly people?: { readonly count: number; readonly seed: number } | undefined;
  readonly namespaces: NamespaceControl;
  /** The name of this Kakao when it is not the main one. */
  readonly namespace?: string;
}

/** Everything that changes while the emulator runs. */
interface State {
  apps: App[];
  /** By user id. */
  users: Map<string, User>;
  links: Links;
  codes: Codes;
  tokens: Tokens;
  sessions: AccountSessions;
  autoApprovals: AutoApproval[];
  faults: Fault[];
  keys: SigningKeys;
  issueTimes: IssueTimes;
  apiCalls: ApiCalls;
  webhooks: Webhooks;
  settings: Settings;
  time: Time;
}

/** One Kakao: its state and its addresses. */
export interface World extends State, Addresses {
  readonly beginning: Beginning;
  /** What its paths begin with when it shares a port with others: `/ns/<name>`, or an empty text. */
  readonly basePath: string;
  /** The base URL for clients that come over TLS, if it differs. */
  readonly tlsUrl: string | null;
  readonly requests: RequestLog;
}

/** A fresh world; its addresses are set by `setAddresses` once the port is known. */
export function createWorld(beginning: Beginning): World {
  const { namespace } = beginning;
  const basePath = namespace === undefined ? '' : `/ns/${namespace}`;
  const log = { requests: emptyLog() };
  return { beginning, basePath, tlsUrl: null, ...log, ...addressesAt(''), ...initialState(beginning) };
}

/** Sets the addresses of a world. */
export function setAddresses(world: World, addresses: Addresses, tlsUrl: string | null): void {
  Object.assign(world, addresses, { tlsUrl });
}

/** Resets the world to its initial state: faults, the request log and pending webhooks are gone. */
export function resetWorld(world: World): void {
  world.webhooks.ended.abort();
  Object.assign(world, initialState(world.beginning));
  clearRequests(world.requests);
}

/** Replaces the state of the world by a seed; its clock goes on. */
export function loadSeed(world: World, seed: Seed): void {
  const { time } = world;
  world.webhooks.ended.abort();
  Object.assign(world, initialState({ ...world.beginning, seed, settings: {}, people: undefined }), { time });
}

/** The time in this world, Unix milliseconds. */
export function now(world: World): number {
  return instant(world.time, world.beginning.clock);
}

function initialState(beginning: Beginning): State {
  const { seed, people } = beginning;
  const apps = seed?.apps ? seededApps(seed.apps) : defaultApps(beginning.redirectUris, beginning.webhooks);
  const users = seed?.users ? seededUsers(seed.users) : new Map(personas().map((user) => [user.id, user]));
  for (const user of people ? generatedPeople(people.count, people.seed) : []) users.set(user.id, user);
  const at = beginning.clock();
  return {
    apps,
    users,
    links: seed?.links ? seededLinks(seed.links, apps, users, at) : initialLinks(apps, users, at),
    codes: new Map(),
    tokens: { access: new Map(), refresh: new Map() },
    sessions: new Map(),
    autoApprovals: [],
    faults: [],
    keys: initialKeys(),
    issueTimes: new WeakMap(),
    apiCalls: new WeakMap(),
    webhooks: noWebhooks(),
    settings: defaultSettings({ ...seed?.settings, ...beginning.settings }),
    time: runningTime(),
  };
}

function initialLinks(apps: readonly App[], users: ReadonlyMap<string, User>, at: number): Links {
  const links: Links = new Map();
  const [app, user] = [apps[0], users.get(linkedPersonaId)];
  if (app && user) connect(links, app, user, scopesInState(app, 'required', 'optional'), at);
  return links;
}
