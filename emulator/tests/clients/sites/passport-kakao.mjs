// Passport with passport-kakao, as its documentation shows it.
import { createRequire } from 'node:module';
import { key, serve } from './serve.mjs';

const require = createRequire(import.meta.url);
const passport = require('passport');
const { Strategy } = require('passport-kakao');

serve((origin) => {
  const options = {
    clientID: key.clientId,
    clientSecret: key.clientSecret,
    callbackURL: `${origin}/callback`,
  };
  passport.use(new Strategy(options, (_access, _refresh, profile, done) => done(null, profile)));
  return (request, response) => {
    request.query = Object.fromEntries(new URL(request.url, origin).searchParams);
    const authenticate = passport.authenticate('kakao', { session: false }, (error, user, info) => {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ error: error?.message ?? info?.message ?? null, user: user || null }));
    });
    authenticate(request, response, (error) => response.end(JSON.stringify({ error: String(error) })));
  };
});
