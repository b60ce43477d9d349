import { Agent, type IncomingMessage, request } from 'node:http';

const KEY = '1d0ca1a11ec0ffee5eed0000cafe0001';
const SECRET = 'emu_secret_Q7nYt2LwVb5RkXc9PzHd3MfJ';
const CALLBACK = 'http://localhost:3000/login/callback';

/** One client of the emulator, over so many connections that stay open. */
export interface Client {
  readonly code: () => Promise<string>;
  /** Exchanges a code and fetches the profile. */
  readonly tokenAndUser: (code: string) => Promise<void>;
  readonly control: (method: string, path: string, body: object) => Promise<void>;
}

export function clientOf(url: string, connections: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { port } = new URL(url);
  const send = (method: string, path: string, headers: Record<string, string>, body = '') =>
    new Promise<IncomingMessage & { text: string }>((resolve, reject) => {
      const options = { host: '127.0.0.1', port, agent, method, path, headers };
      const sent = request(options, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          text += part;
        });
        answer.once('end', () => resolve(Object.assign(answer, { text })));
      });
      sent.once('error', reject);
      sent.end(body);
    });
  const query = `client_id=${KEY}&redirect_uri=${encodeURIComponent(CALLBACK)}&response_type=code`;
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const exchange = `grant_type=authorization_code&client_id=${KEY}&client_secret=${SECRET}&redirect_uri=${encodeURIComponent(CALLBACK)}`;
  return {
    code: async () => {
      const { headers } = await send('GET', `/oauth/authorize?${query}`, {});
      return new URL(headers.location ?? '').searchParams.get('code') ?? '';
    },
    tokenAndUser: async (code) => {
      const tokens = JSON.parse((await send('POST', '/oauth/token', form, `${exchange}&code=${code}`)).text);
      const authorization = `Bearer ${tokens.access_token}`;
      const me = JSON.parse((await send('GET', '/v2/user/me', { authorization })).text);
      if (me.id !== 3_900_000_001) throw new Error(`a login failed: ${JSON.stringify({ tokens, me })}`);
    },
    control: async (method, path, body) => {
      const answer = await send(method, `/__emulator/v1/${path}`, {}, JSON.stringify(body));
      if ((answer.statusCode ?? 500) >= 300) throw new Error(answer.text);
    },
  };
}

/** Does `one` so many times, `width` at once. */
export async function repeat(
  times: number,
  width: number,
  one: (turn: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < times) await one(next++);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
