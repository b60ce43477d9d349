// Express 5 with passport-kakao and express-session, as their documentation shows them; sessions are kept in memory.
import express from 'express';
import session from 'express-session';
import passport from 'passport';
import { Strategy } from 'passport-kakao';

const {
  KAKAO_AUTH_ORIGIN,
  KAKAO_API_ORIGIN,
  KAKAO_CLIENT_ID,
  KAKAO_CLIENT_SECRET,
  NEXTAUTH_SECRET,
  NEXTAUTH_URL,
  PORT,
} = process.env;

const strategy = new Strategy(
  { clientID: KAKAO_CLIENT_ID, clientSecret: KAKAO_CLIENT_SECRET, callbackURL: `${NEXTAUTH_URL}/callback` },
  (_access, _refresh, profile, done) => done(null, { id: profile.id, name: profile.displayName }),
);
// Kakao's addresses are built in.
strategy._oauth2._authorizeUrl = `${KAKAO_AUTH_ORIGIN}/oauth/authorize`;
strategy._oauth2._accessTokenUrl = `${KAKAO_AUTH_ORIGIN}/oauth/token`;
strategy._userProfileURL = `${KAKAO_API_ORIGIN}/v2/user/me`;
passport.use(strategy);
passport.serializeUser((user, done) => done(null, user));
passport.deserializeUser((user, done) => done(null, user));

const app = express();
app.use(session({ secret: NEXTAUTH_SECRET, resave: false, saveUninitialized: false }));
app.use(passport.session());
app.get('/auth/kakao', passport.authenticate('kakao'));
app.get(
  '/callback',
  passport.authenticate('kakao', { failureRedirect: '/failed', successRedirect: '/account' }),
);
app.get('/me', (request, response) => response.status(request.user ? 200 : 401).json(request.user ?? null));
app.listen(Number(PORT), '127.0.0.1');
