import type { Stack } from '../servers';
import { send } from './http';

/** A Kakao Account, as far as tests care. */
export interface Person {
  readonly id: string;
  readonly nickname: string;
  readonly email: string;
}

/** What Kakao answers to a login. */
export interface KakaoTokens {
  readonly access_token: string;
  readonly id_token: string;
}

/** One request that reached Kakao. */
export interface KakaoRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** One webhook that Kakao sent, and what it made of the answer. */
interface Attempt {
  readonly delivery: string;
  readonly status: number | null;
  readonly accepted: boolean;
}

/** The control API of the local Kakao. */
export class Kakao {
  readonly #root: string;
  readonly #clientId: string;
  readonly #adminKey: string;
  readonly #origin: string;

  constructor({ kakaoUrl, kakaoEnv }: Stack) {
    this.#root = `${kakaoUrl}/__emulator/v1`;
    this.#origin = kakaoUrl;
    this.#adminKey = kakaoEnv['KAKAO_ADMIN_KEY'] ?? '';
    this.#clientId = kakaoEnv['KAKAO_CLIENT_ID'] ?? '';
  }

  /** Back to the beginning: only the built-in people, no faults, no requests. */
  async reset(): Promise<void> {
    await this.#call('POST', '/reset');
  }

  /** A new account with a number and a nickname that nobody had before. */
  async addPerson(differences: Readonly<Record<string, unknown>> = {}): Promise<Person> {
    const id = String(5_000_000_000 + Math.floor(Math.random() * 4_000_000_000_000));
    const person = { id, nickname: `여울 ${id}`, email: `p${id}@example.com` };
    await this.#call('POST', '/users', { ...person, ...differences });
    return person;
  }

  async change(person: Person, changes: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#call('PATCH', `/users/${person.id}`, changes);
  }

  /** Tokens as a mobile app would hold them; `order` may name `clientId` and `scopes`. */
  async tokens(userId: string, order: Readonly<Record<string, unknown>> = {}): Promise<KakaoTokens> {
    return (await this.#call('POST', '/tokens', { userId, ...order })) as KakaoTokens;
  }

  /** Lets something go wrong at an endpoint: once, unless the effect says otherwise. */
  async fault(endpoint: string, effect: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#call('POST', '/faults', { endpoint, ...effect });
  }

  async clearFaults(): Promise<void> {
    await this.#call('DELETE', '/faults');
  }

  /** The next login goes through as this person without a page of Kakao's. */
  async approveNext(person: Person): Promise<void> {
    await this.#call('POST', '/auto-approve', { userId: person.id });
  }

  /** Changes what the developer console says about our app. */
  async changeApp(changes: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#call('PATCH', `/apps/${this.#clientId}`, changes);
  }

  async changeSettings(changes: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#call('PATCH', '/settings', changes);
  }

  /** The key that signs ID tokens becomes an old one. */
  async rotateKeys(): Promise<void> {
    await this.#call('POST', '/keys/rotate');
  }

  /** From now on Kakao tells this app what happens. */
  async sendWebhooksTo(appUrl: string): Promise<void> {
    const hooks = `${appUrl}/api/webhooks/kakao`;
    const webhooks = { unlinkUrl: `${hooks}/unlink`, accountStateUrl: `${hooks}/account-state` };
    await this.changeApp({ webhooks });
  }

  /** Sends a webhook although nothing has happened, or a spoilt one; how the app answered. */
  async fire(order: Readonly<Record<string, unknown>>): Promise<readonly Attempt[]> {
    return ((await this.#call('POST', '/webhooks/fire', order)) as { attempts: Attempt[] }).attempts;
  }

  /** Sends the same webhooks again, in this order. */
  async replay(deliveries: readonly string[], times = 1): Promise<readonly Attempt[]> {
    const answer = await this.#call('POST', '/webhooks/replay', { deliveries, times });
    return (answer as { attempts: Attempt[] }).attempts;
  }

  /** Until every webhook that is under way has been answered. */
  async settled(): Promise<void> {
    await this.#call('GET', '/webhooks/idle');
  }

  /** Whether a person is linked to the app, as the admin key sees it. */
  async isLinked({ id }: Person): Promise<boolean> {
    const query = new URLSearchParams({ target_id_type: 'user_id', target_id: id });
    const authorization = `KakaoAK ${this.#adminKey}`;
    const answer = await send(`${this.#origin}/v2/user/me?${query}`, { headers: { authorization } });
    if (answer.status !== 200 && answer.json()['code'] !== -101) throw new Error(answer.text);
    return answer.status === 200;
  }

  /** What reached Kakao's servers, oldest first; of one endpoint, or of all that apps and browsers use. */
  async requests(path?: string): Promise<readonly KakaoRequest[]> {
    const query = path ? `?path=${encodeURIComponent(path)}` : '';
    const { requests } = (await this.#call('GET', `/requests${query}`)) as { requests: KakaoRequest[] };
    return requests.filter((request) => !request.path.startsWith('/__emulator/'));
  }

  /** How many codes the app has tried to exchange. */
  async exchanges(): Promise<number> {
    return (await this.requests('/oauth/token')).length;
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await send(`${this.#root}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.text ? answer.json() : null;
  }
}
