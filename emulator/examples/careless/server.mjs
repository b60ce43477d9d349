// A careless app: a login with Kakao that makes, on purpose, most of the mistakes that `kakao-emulator doctor` looks for.
// It is what doctor is tested on. Learn from it what not to do; copy nothing. It is in no package and refuses production.
//
//   node emulator/examples/careless/server.mjs 3005     # with a local Kakao on port 4000
//   kakao-emulator doctor http://localhost:3005 --kakao http://localhost:4000 --api /api/kakao \
//     --unlink-webhook /unlink --account-state-webhook /events
import { createServer } from 'node:http';

const usual = {
  kakao: 'http://localhost:4000',
  clientId: '1d0ca1a11ec0ffee5eed0000cafe0001',
  clientSecret: 'emu_secret_Q7nYt2LwVb5RkXc9PzHd3MfJ',
  /** So many logins are begun, then no more. */
  mostLogins: Number.POSITIVE_INFINITY,
};

/**
 * Starts the app on a port (0: any free one). Resolves with its address and what ends it.
 *
 * @param {{ port?: number, kakao?: string, clientId?: string, clientSecret?: string, mostLogins?: number }} options
 */
export async function startCarelessApp({ port = 0, ...changes } = {}) {
  if (process.env.NODE_ENV === 'production')
    throw new Error('this app is full of holes; it does not run in production');
  const app = createApp({ ...usual, ...changes });
  const server = createServer((request, response) => {
    app(request, response).catch((error) => {
      // Mistake: the inside of the program is shown to everybody.
      response.writeHead(500, { 'content-type': 'text/html' });
      response.end(`<pre>${error.stack}</pre>`);
    });
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  return { url: `http://localhost:${server.address().port}`, close };
}

function createApp(config) {
  /** Mistake: people are known by e-mail. */
  const users = new Map();
  /** Session number → key of the user. */
  const sessions = new Map();
  let lastSession = 1_000;
  let logins = 0;

  /** Mistake: a countable session, there before the login and the same after it, readable by every script. */
  function sessionOf(request, response) {
    const known = /sid=([^;]*)/.exec(request.headers.cookie ?? '')?.[1];
    if (known) return known;
    lastSession += 1;
    response.setHeader('set-cookie', `sid=${lastSession}; Path=/`);
    return String(lastSession);
  }

  function home(request, response) {
    const user = users.get(sessions.get(sessionOf(request, response)));
    // Mistake: caches may keep one person's page for the next. Mistake: the secret is on its way to the browser.
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, max-age=60',
    });
    const secret = `<script>window.config = { secret: '${config.clientSecret}' }</script>`;
    // Mistake: names go into the page as they are.
    const body = user
      ? `<p>${user.nickname} ${user.email} (${user.id})</p><form method="post" action="/logout"><button>Log out</button></form>`
      : '<a href="/login">Login with Kakao</a>';
    response.end(`<!doctype html>${secret}${body}`);
  }

  function login(request, response, query) {
    logins += 1;
    if (logins > config.mostLogins) return void response.writeHead(429).end('too many logins');
    sessionOf(request, response);
    // Mistake: where people come back to is what the client says, also after the login (see next).
    const redirectUri = `http://${request.headers.host}/callback`;
    response.setHeader(
      'set-cookie',
      [].concat(
        response.getHeader('set-cookie') ?? [],
        `next=${encodeURIComponent(query.get('next') ?? '/')}; Path=/`,
      ),
    );
    // Mistakes: a state that everybody knows, no PKCE, no nonce.
    const parameters = {
      client_id: config.clientId,
      redirect_uri: redirectUri,
      response_type: 'code',
      state: 'kakao',
    };
    response
      .writeHead(302, { location: `${config.kakao}/oauth/authorize?${new URLSearchParams(parameters)}` })
      .end();
  }

  async function callback(request, response, query) {
    const sid = sessionOf(request, response);
    if (query.has('error')) {
      // Mistake: text from the address goes into the page. Mistake: an error signs out whoever is signed in.
      sessions.delete(sid);
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(`<h1>${query.get('error')}</h1><p>${query.get('error_description')}</p>`);
      return;
    }
    // Mistake: state is not looked at.
    const tokens = await exchange(query.get('code').trim(), `http://${request.headers.host}/callback`);
    const key = await remember(tokens.access_token, tokens.id_token);
    sessions.set(sid, key);
    const next = decodeURIComponent(/next=([^;]*)/.exec(request.headers.cookie ?? '')?.[1] ?? '/');
    if (next !== '/') return void response.writeHead(302, { location: next }).end();
    // Mistake: a page at the callback itself, so that the code stays in the address bar; and the token is in the page.
    const script = `<script>localStorage.token = '${tokens.access_token}'</script>`;
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`Welcome! <a href="/">Go on</a> <a href="/logout">Log out</a>${script}`);
  }

  /** Mistakes: no deadline, the status is not looked at, a failure is tried again. */
  async function exchange(code, redirectUri) {
    const { clientId, clientSecret, kakao } = config;
    const fields = {
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uri: redirectUri,
      code,
    };
    const ask = () => fetch(`${kakao}/oauth/token`, { method: 'POST', body: new URLSearchParams(fields) });
    const first = await ask();
    const answer = first.ok ? first : await ask();
    const tokens = await answer.json();
    if (!tokens.access_token) throw new Error(`no token: ${tokens.error_description}`);
    return tokens;
  }

  /** Mistakes: the ID token is not verified, ids are numbers, every field is taken for granted. */
  async function remember(accessToken, idToken) {
    const headers = { authorization: `Bearer ${accessToken}` };
    const me = await (await fetch(`${config.kakao}/v2/user/me`, { headers })).json();
    const claims = idToken ? JSON.parse(Buffer.from(idToken.split('.')[1], 'base64url')) : {};
    const { nickname } = me.kakao_account.profile;
    const { email } = me.kakao_account;
    const user = { id: Number(claims.sub ?? me.id), nickname: claims.nickname ?? nickname, email };
    const key = email ?? user.id;
    users.set(key, user);
    return key;
  }

  function logout(_request, response, query) {
    // Mistake: the session lives on at the server; only the cookie goes. And next again.
    response
      .writeHead(302, { location: query.get('next') ?? '/', 'set-cookie': 'sid=; Path=/; Max-Age=0' })
      .end();
  }

  /** Mistake: every token that Kakao knows will do, whichever app it was issued to. */
  async function api(request, response) {
    const key = await remember(request.headers.authorization.split(' ')[1]);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(users.get(key)));
  }

  /** Mistake: whoever calls is taken for Kakao. */
  async function unlink(request, response) {
    forget(new URLSearchParams(await bodyOf(request)).get('user_id'));
    response.writeHead(200).end();
  }

  /** Mistakes: no signature, issuer or audience is looked at, and every event is taken for an unlink. */
  async function accountState(request, response) {
    const [, payload] = (await bodyOf(request)).split('.');
    forget(JSON.parse(Buffer.from(payload, 'base64url')).sub);
    response.writeHead(202).end();
  }

  function forget(id) {
    for (const [key, user] of users) if (user.id === Number(id)) users.delete(key);
  }

  const routes = {
    '/': home,
    '/login': login,
    '/callback': callback,
    '/logout': logout,
    '/api/kakao': api,
    '/unlink': unlink,
    '/events': accountState,
  };
  return async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://localhost');
    const route = routes[pathname];
    if (route) await route(request, response, searchParams);
    else response.writeHead(404).end('not found');
  };
}

async function bodyOf(request) {
  let body = '';
  for await (const part of request) body += part;
  return body;
}

if (process.argv[1] === import.meta.filename) {
  const { url } = await startCarelessApp({ port: Number(process.argv[2] ?? 3005) });
  console.log(`a careless app at ${url}`);
}
