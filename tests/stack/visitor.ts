import { type Answer, type Sending, send } from './http';
import type { Stack } from './servers';

/** A login flow that was begun: Kakao's page for it and the secret that names it. */
export interface Flow {
  readonly authorizeUrl: string;
  readonly state: string;
}

/** A cookie jar without a browser around it: for requests that no browser would send, and for many in little time. */
export class Visitor {
  readonly cookies = new Map<string, string>();
  readonly #stack: Stack;
  readonly #headers: Sending['headers'];

  /** `headers` go with every request. */
  constructor(stack: Stack, headers: Sending['headers'] = {}) {
    this.#stack = stack;
    this.#headers = headers;
  }

  /** The session cookie, if there is one. */
  get session(): string {
    return this.cookies.get(this.#sessionName) ?? '';
  }

  set session(token: string) {
    this.cookies.set(this.#sessionName, token);
  }

  get #sessionName(): string {
    return `session-${this.#stack.port}`;
  }

  /** The name of the only flow cookie. */
  get flowCookieName(): string {
    const names = [...this.cookies.keys()].filter((name) => name.startsWith(`login-${this.#stack.port}.`));
    if (names.length !== 1) throw new Error(`${names.length} flow cookies`);
    return names[0] ?? '';
  }

  /** Sends a request to the app with the cookies, and keeps those that come back. */
  async send(path: string, { headers, ...sending }: Sending = {}): Promise<Answer> {
    const cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ');
    const url = new URL(path, this.#stack.appUrl).href;
    const answer = await send(url, {
      ...sending,
      headers: { ...this.#headers, ...(cookie ? { cookie } : {}), ...headers },
    });
    for (const line of answer.setCookies) this.#keep(line);
    return answer;
  }

  /** Opens an address of the app or of Kakao's, and follows redirects to the page at their end. */
  async open(address: string): Promise<{ readonly url: URL; readonly answer: Answer }> {
    let url = new URL(address, this.#stack.appUrl);
    for (let count = 0; count < 10; count += 1) {
      const isOurs = url.origin === this.#stack.appUrl;
      const answer = isOurs ? await this.send(url.href) : await send(url.href);
      const { location } = answer.headers;
      if (location === undefined) return { url, answer };
      url = new URL(location, url);
    }
    throw new Error(`redirected too often: ${url}`);
  }

  /** Posts a form as a page of the app would. */
  post(
    path: string,
    form: Readonly<Record<string, string>> = {},
    headers: Sending['headers'] = {},
  ): Promise<Answer> {
    return this.send(path, {
      method: 'POST',
      body: new URLSearchParams(form).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: this.#stack.appUrl,
        ...headers,
      },
    });
  }

  /** Presses the Kakao button. */
  async begin(form: Readonly<Record<string, string>> = {}): Promise<Flow> {
    const answer = await this.post('/login/kakao', form);
    const authorizeUrl = answer.headers.location ?? '';
    return { authorizeUrl, state: new URL(authorizeUrl).searchParams.get('state') ?? '' };
  }

  /** Sends a form of Kakao's page. Returns where Kakao sends the browser; nobody goes there yet. */
  async answerKakao(flow: Flow, form: Readonly<Record<string, string>>): Promise<string> {
    const answer = await send(flow.authorizeUrl, {
      method: 'POST',
      body: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    return answer.headers.location ?? '';
  }

  /** Agrees at Kakao. Returns where Kakao sends the browser. */
  agree(flow: Flow, userId: string): Promise<string> {
    return this.answerKakao(flow, { user: userId, decision: 'agree_all' });
  }

  /** A whole login, however it ends: where it leads. */
  async tryLogIn(userId: string): Promise<string> {
    const answer = await this.send(await this.agree(await this.begin(), userId));
    return answer.headers.location ?? '';
  }

  /** A whole login. Returns the callback address, used up. */
  async logIn(userId: string, form: Readonly<Record<string, string>> = {}): Promise<string> {
    const callback = await this.agree(await this.begin(form), userId);
    await this.send(callback);
    if (!this.session) throw new Error('the login did not work');
    return callback;
  }

  /** The Kakao id of whoever is signed in, or `null`. */
  async whoAmI(): Promise<string | null> {
    const answer = await this.send('/api/me');
    return answer.status === 200 ? String(answer.json()['kakaoId']) : null;
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';');
    const at = pair.indexOf('=');
    const gone = attributes.some((attribute) => attribute.trim().toLowerCase() === 'max-age=0');
    if (gone) this.cookies.delete(pair.slice(0, at));
    else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}
