import type { Json } from '../json.ts';
import { named, readJsonObject, toJson } from '../json.ts';

/** A call of the control API, its path below `/__emulator/v1/`. */
export interface ControlCall {
  readonly method: string;
  readonly path: string;
  readonly body?: Json;
}

type Fields = URLSearchParams;

const remove = (path: string): ControlCall => ({ method: 'DELETE', path });
const post = (path: string, body: Json): ControlCall => ({ method: 'POST', path, body });
const patch = (path: string, body: Json): ControlCall => ({ method: 'PATCH', path, body });

/** By the field `do`: what a form of the inspector asks of the control API. */
const acts: Readonly<Record<string, (form: Fields) => ControlCall>> = {
  scenario: (form) =>
    post(`scenarios/${encodeURIComponent(form.get('scenario') ?? '')}`, scenarioOrder(form)),
  fault: (form) => post('faults', faultOrder(form)),
  'drop-fault': (form) => remove(`faults/${idIn(form)}`),
  'clear-faults': () => remove('faults'),
  approve: (form) =>
    post('auto-approve', { userId: form.get('userId'), decision: form.get('decision'), ...howOften(form) }),
  'clear-approvals': () => remove('auto-approve'),
  advance: (form) => post('clock/advance', { seconds: Number(form.get('seconds')) }),
  freeze: () => patch('clock', { frozen: true }),
  thaw: () => patch('clock', { frozen: false }),
  'set-time': (form) => patch('clock', { now: instantIn(form) }),
  'real-time': () => remove('clock'),
  rotate: (form) => post('keys/rotate', { overlap: form.get('overlap') !== 'no' }),
  'add-user': (form) => post('users', { nickname: form.get('nickname'), email: form.get('email') || null }),
  'user-state': (form) => patch(`users/${idIn(form)}`, { state: form.get('state') }),
  unlink: (form) => post(`users/${idIn(form)}/unlink`, { clientId: form.get('clientId') ?? undefined }),
  fire: (form) => post('webhooks/fire', webhookOrder(form)),
  replay: (form) => post('webhooks/replay', { deliveries: [form.get('id') ?? ''] }),
  retry: () => post('webhooks/retry', {}),
  'clear-webhooks': () => remove('webhooks'),
  'webhook-addresses': (form) =>
    patch(`apps/${idIn(form)}`, {
      webhooks: {
        accountStateUrl: form.get('accountStateUrl') || null,
        unlinkUrl: form.get('unlinkUrl') || null,
      },
    }),
  'clear-requests': () => remove('requests'),
  reset: () => post('reset', {}),
};

/** The call that a form of the inspector stands for, or `undefined` for an unknown `do`. */
export function callOf(form: Fields): ControlCall | undefined {
  return named(acts, form.get('do') ?? '')?.(form);
}

function scenarioOrder(form: Fields): Json {
  return { ...texts(form, 'endpoint', 'userId'), ...howOften(form) };
}

function faultOrder(form: Fields): Json {
  const written = form.get('effect') ?? '';
  const effect = readJsonObject(written);
  // Anything but an object is passed on, and the control API refuses it.
  if (!effect) return written;
  const { userId } = texts(form, 'userId');
  return {
    ...(toJson(effect) as object),
    endpoint: form.get('endpoint'),
    ...howOften(form),
    ...numbers(form, 'nth', 'probability'),
    ...(userId ? { match: { userId } } : {}),
  };
}

/** The named fields that were filled in. */
function texts(form: Fields, ...names: string[]): Record<string, string> {
  const filled = names.map((name): [string, string] => [name, form.get(name) ?? '']);
  return Object.fromEntries(filled.filter(([, value]) => value !== ''));
}

function howOften(form: Fields) {
  return form.has('always') ? { always: true } : numbers(form, 'times');
}

/** The named fields that were filled in, as numbers. */
function numbers(form: Fields, ...names: string[]) {
  const filled = names.filter((name) => form.get(name));
  return Object.fromEntries(filled.map((name) => [name, Number(form.get(name))]));
}

function webhookOrder(form: Fields): Json {
  const event = form.get('event');
  const userId = form.get('userId');
  return event === 'unlink-notice' ? { kind: 'unlink', userId } : { kind: 'account-state', event, userId };
}

/** The field of `<input type="datetime-local">` taken as UTC. */
function instantIn(form: Fields): string {
  const text = form.get('now') ?? '';
  return /T\d\d:\d\d$/.test(text) ? `${text}:00Z` : `${text}Z`;
}

function idIn(form: Fields): string {
  return encodeURIComponent(form.get('id') ?? '');
}
