import type { Kakao, Person } from '../stack/kakao';
import type { Stack } from '../stack/servers';
import { Visitor } from '../stack/visitor';

/** What was acknowledged, and what turned out otherwise. */
export interface Figures {
  webLogins: number;
  apiLogins: number;
  /** Answers that said no: Kakao failed, or the server was just killed. */
  refused: number;
  checks: number;
  logouts: number;
  webhooks: number;
  withdrawals: number;
  /** Sessions that were acknowledged, or their end, and do not hold. */
  readonly broken: string[];
  /** Answers of 500 and above that are no clear refusal. */
  readonly faults: string[];
}

/** One person with several devices; everything happens one after the other, so that it is known what must hold. */
export interface Life {
  readonly stack: Stack;
  readonly kakao: Kakao;
  readonly person: Person;
  readonly figures: Figures;
  /** Signed in, as far as was acknowledged. */
  live: readonly Visitor[];
  /** Cookies of sessions whose end was acknowledged. */
  over: readonly Visitor[];
}

type Act = (life: Life) => Promise<void>;

const most = 20;

async function check(life: Life, visitor: Visitor, expected: 200 | 401): Promise<void> {
  const { figures, person } = life;
  const answer = await visitor.send('/api/me');
  figures.checks += 1;
  if (answer.status >= 500) return noteFault(figures, '/api/me', answer);
  const isRight = answer.status === expected && (expected === 401 || answer.json()['kakaoId'] === person.id);
  if (!isRight) figures.broken.push(`${person.id}: ${answer.status} instead of ${expected}`);
}

function noteFault({ faults }: Figures, what: string, answer: { status: number; text: string }): void {
  if (!/UNAVAILABLE/.test(answer.text)) faults.push(`${what}: ${answer.status} ${answer.text.slice(0, 120)}`);
}

/** The same cookies, as a thief would have them. */
function copyOf(stack: Stack, visitor: Visitor): Visitor {
  const copy = new Visitor(stack);
  for (const [name, value] of visitor.cookies) copy.cookies.set(name, value);
  return copy;
}

function end(life: Life, visitors: readonly Visitor[]): void {
  life.over = [...life.over, ...visitors].slice(-most);
}

const logInByBrowser: Act = async (life) => {
  const visitor = new Visitor(life.stack);
  if ((await visitor.tryLogIn(life.person.id)) !== '/account') {
    life.figures.refused += 1;
    return;
  }
  life.figures.webLogins += 1;
  life.live = [...life.live, visitor].slice(-most);
};

const logInByToken: Act = async (life) => {
  const { stack, kakao, person, figures } = life;
  const { access_token } = await kakao.tokens(person.id);
  const visitor = new Visitor(stack);
  const headers = { authorization: `Bearer ${access_token}` };
  const answer = await visitor.send('/api/auth/kakao', { method: 'POST', headers });
  if (answer.status >= 500) noteFault(figures, '/api/auth/kakao', answer);
  if (answer.status !== 200) {
    figures.refused += 1;
    return;
  }
  figures.apiLogins += 1;
  life.live = [...life.live, visitor].slice(-most);
};

const look: Act = async (life) => {
  const [first] = life.live;
  if (first) await check(life, first, 200);
  const last = life.over.at(-1);
  if (last) await check(life, copyOf(life.stack, last), 401);
};

/** Until there is an answer nobody knows whether it has happened: then nothing is asked of this session any more. */
const logOut: Act = async (life) => {
  const [visitor, ...others] = life.live;
  if (!visitor) return;
  life.live = others;
  const copy = copyOf(life.stack, visitor);
  if ((await visitor.post('/logout')).status !== 303) return;
  life.figures.logouts += 1;
  end(life, [copy]);
};

const signOutByKakao: Act = async (life) => {
  const before = life.live;
  life.live = [];
  const order = { userId: life.person.id, event: 'sessions-revoked', toeOffsetSeconds: 1 };
  const [attempt] = await life.kakao.fire(order);
  if (attempt?.status !== 202) return;
  life.figures.webhooks += 1;
  end(life, before);
};

const leave: Act = async (life) => {
  const before = life.live.map((visitor) => copyOf(life.stack, visitor));
  const visitor = life.live.at(-1);
  if (!visitor) return;
  life.live = [];
  const { location } = (await visitor.post('/account/withdrawal')).headers;
  if (!location?.startsWith('/goodbye')) return;
  life.figures.withdrawals += 1;
  end(life, before);
};

/** Each as often as it is drawn from here. */
const acts: readonly Act[] = [
  ...Array<Act>(12).fill(logInByBrowser),
  ...Array<Act>(9).fill(logInByToken),
  ...Array<Act>(18).fill(look),
  ...Array<Act>(6).fill(logOut),
  ...Array<Act>(3).fill(signOutByKakao),
  leave,
];

/** Does one thing. */
export async function step(life: Life): Promise<void> {
  await acts[Math.floor(Math.random() * acts.length)]?.(life);
}

/** Asks for every session that is known to be live, and every one that is known to be over. */
export async function audit(life: Life): Promise<void> {
  for (const visitor of life.live) await check(life, visitor, 200);
  for (const visitor of life.over) await check(life, copyOf(life.stack, visitor), 401);
}
