import { randomBytes } from 'node:crypto';
import {
  type AppView,
  type ControlClient,
  ControlError,
  controlClient,
  type FaultSent,
  type User,
} from '../src/client.ts';

/** The examination cannot begin or continue; the message says what to do. */
export class DoctorError extends Error {
  override readonly name = 'DoctorError';
}

/** A Kakao Account that doctor has made. */
export interface Person {
  readonly id: string;
  readonly nickname: string | null;
  readonly email: string | null;
}

/** An app as the console shows it. */
export type ConsoleApp = AppView;

/** A local Kakao at `url`, which may be a namespace of it. */
export interface Kakao {
  readonly url: string;
  /** Calls its control API; rejects with `DoctorError` when that refuses or does not answer. */
  readonly ask: <T>(question: (control: ControlClient) => Promise<T>) => Promise<T>;
  /** A new person with a unique name. */
  readonly person: (name: string, differences?: Partial<User>) => Promise<Person>;
  /** Runs `work` with a fault at an endpoint. */
  readonly during: <T>(endpoint: string, effect: FaultSent, work: () => Promise<T>) => Promise<T>;
  /** Runs `work` and counts the requests of an endpoint meanwhile. */
  readonly counting: <T>(endpoint: string, work: () => Promise<T>) => Promise<{ result: T; count: number }>;
}

/** The Kakao whose control API is at `<url>/__emulator/v1`. */
export function kakaoAt(url: string): Kakao {
  const control = controlClient(url);
  const ask: Kakao['ask'] = async (question) => {
    try {
      return await question(control);
    } catch (error) {
      throw new DoctorError(reasonOf(error, url));
    }
  };
  const requestIds = async (path: string) =>
    (await ask(({ requests }) => requests.list({ path }))).map(({ id }) => id);
  return {
    url,
    ask,
    person: async (name, differences = {}) =>
      ask(({ users }) => users.add({ ...newcomer(name), ...differences })),
    during: async (endpoint, effect, work) => {
      await ask(({ faults }) => faults.add(endpoint, { always: true, ...effect }));
      try {
        return await work();
      } finally {
        await ask(({ faults }) => faults.clear());
      }
    },
    counting: async (endpoint, work) => {
      const before = Math.max(0, ...(await requestIds(endpoint)));
      const result = await work();
      return { result, count: (await requestIds(endpoint)).filter((id) => id > before).length };
    },
  };
}

function newcomer(name: string): Person {
  const tail = randomBytes(3).toString('hex');
  const id = String(5_000_000_000_000 + Number.parseInt(randomBytes(5).toString('hex'), 16));
  return { id, nickname: `${name}${tail}`, email: `${name}.${tail}@example.com`.toLowerCase() };
}

function reasonOf(error: unknown, url: string): string {
  if (error instanceof ControlError) return `the local Kakao at ${url} refused ${error.message}`;
  const { cause = error } = error as { cause?: unknown };
  return `no local Kakao answers at ${url}: ${cause instanceof Error ? cause.message : cause}`;
}
