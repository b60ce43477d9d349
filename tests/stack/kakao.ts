import {
  type AppChanges,
  controlClient,
  type FaultSent,
  type NewUser,
  type Settings,
  type ShownAttempt,
  type ShownRequest,
  type TokenOrder,
  type UserChanges,
  type WebhookOrder,
} from '../../emulator/src/client';
import { send } from './http';
import type { Stack } from './servers';

/** A Kakao Account, as far as tests care. */
export interface Person {
  readonly id: string;
  readonly nickname: string;
  readonly email: string;
}

/** The local Kakao of a stack, from the side of Kakao and of the developer console. */
export type Kakao = ReturnType<typeof kakaoOf>;

export function kakaoOf({ kakaoUrl, kakaoEnv }: Stack) {
  const control = controlClient(kakaoUrl);
  const changeApp = async (changes: AppChanges): Promise<void> => {
    await control.apps.change(kakaoEnv['KAKAO_CLIENT_ID'] ?? '', changes);
  };
  /** What reached Kakao's servers, oldest first; of one endpoint, or of all that apps and browsers use. */
  const requests = async (path?: string): Promise<readonly ShownRequest[]> => {
    const all = await control.requests.list(path === undefined ? {} : { path });
    return all.filter((request) => !request.path.startsWith('/__emulator/'));
  };
  return {
    /** Back to the beginning: only the built-in people, no faults, no requests. */
    reset: control.reset,
    /** A new account with a number and a nickname that nobody had before. */
    addPerson: async (differences: NewUser = {}): Promise<Person> => {
      const id = String(5_000_000_000 + Math.floor(Math.random() * 4_000_000_000_000));
      const person = { id, nickname: `여울 ${id}`, email: `p${id}@example.com` };
      await control.users.add({ ...person, ...differences });
      return person;
    },
    change: ({ id }: Person, changes: UserChanges) => control.users.change(id, changes),
    /** Tokens as a mobile app would hold them. */
    tokens: (userId: string, order: Omit<TokenOrder, 'userId'> = {}) =>
      control.tokens.mint({ userId, ...order }),
    /** Lets something go wrong at an endpoint: once, unless the effect says otherwise. */
    fault: (endpoint: string, effect: FaultSent) => control.faults.add(endpoint, effect),
    clearFaults: control.faults.clear,
    /** The next login goes through as this person without a page of Kakao's. */
    approveNext: ({ id }: Person) => control.autoApprove.add({ userId: id }),
    /** Changes what the developer console says about our app. */
    changeApp,
    changeSettings: (changes: Partial<Settings>) => control.settings.change(changes),
    /** The key that signs ID tokens becomes an old one. */
    rotateKeys: control.keys.rotate,
    /** From now on Kakao tells this app what happens. */
    sendWebhooksTo: (appUrl: string): Promise<void> => {
      const hooks = `${appUrl}/api/webhooks/kakao`;
      const webhooks = { unlinkUrl: `${hooks}/unlink`, accountStateUrl: `${hooks}/account-state` };
      return changeApp({ webhooks });
    },
    /** Sends a webhook although nothing has happened, or a spoilt one; how the app answered. */
    fire: async (order: WebhookOrder): Promise<readonly ShownAttempt[]> =>
      (await control.webhooks.fire(order)).attempts ?? [],
    /** Sends the same webhooks again, in this order. */
    replay: async (deliveries: readonly string[], times = 1): Promise<readonly ShownAttempt[]> =>
      (await control.webhooks.replay({ deliveries, times })).attempts ?? [],
    /** Until every webhook that is under way has been answered. */
    settled: control.webhooks.idle,
    /** Whether a person is linked to the app, as the admin key sees it. */
    isLinked: async ({ id }: Person): Promise<boolean> => {
      const query = new URLSearchParams({ target_id_type: 'user_id', target_id: id });
      const authorization = `KakaoAK ${kakaoEnv['KAKAO_ADMIN_KEY'] ?? ''}`;
      const answer = await send(`${kakaoUrl}/v2/user/me?${query}`, { headers: { authorization } });
      if (answer.status !== 200 && answer.json()['code'] !== -101) throw new Error(answer.text);
      return answer.status === 200;
    },
    requests,
    /** How many codes the app has tried to exchange. */
    exchanges: async (): Promise<number> => (await requests('/oauth/token')).length,
  };
}
