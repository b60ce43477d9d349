import { z } from 'zod';
import * as answers from './answers';
import { done, json, type Operations, ok, person, seeOther, text } from './operation';

const csrfFields = { 'application/x-www-form-urlencoded': z.object({ csrfToken: text }) };

/** What is asked for a person: by an app, by a page, by next-auth's client. */
export const peopleOperations: Operations = {
  '/api/auth/kakao': {
    post: {
      summary: 'Trades a Kakao access token for a session.',
      callers: ['kakaoToken'],
      query: { rejoin: { schema: z.literal('1') } },
      answers: [ok('Signed in; the token is in Set-Cookie too.', answers.signedInAnswer)],
      problems: [
        'INVALID_TOKEN',
        'KEY_ERROR',
        'TOKEN_OF_ANOTHER_APP',
        'UNDER_14',
        'BLOCKED',
        'WITHDRAWN',
        'NOT_FOUND_IN_KAKAO',
        'TOO_MANY_REQUESTS',
        'KAKAO_UNAVAILABLE',
      ],
    },
  },
  '/api/me': {
    get: {
      summary: 'Who is signed in.',
      callers: person,
      answers: [ok('The user.', answers.userAnswer)],
      problems: ['UNAUTHENTICATED'],
    },
    delete: {
      summary: 'Withdraws: erases the user here, and unlinks them at Kakao.',
      callers: person,
      answers: [done],
      problems: ['UNAUTHENTICATED', 'CROSS_ORIGIN', 'FRESH_LOGIN_REQUIRED'],
    },
  },
  '/api/me/export': {
    get: {
      summary: 'Everything that is held about the person, as an attachment.',
      callers: person,
      query: { format: { schema: z.enum(['json', 'csv']) } },
      answers: [
        {
          status: 200,
          says: 'The data.',
          content: { ...json(answers.exportAnswer), 'text/csv; charset=utf-8': text },
        },
        seeOther('Somebody signed out who follows a link: to the login page.'),
      ],
      problems: ['UNAUTHENTICATED', 'CROSS_ORIGIN', 'TOO_MANY_REQUESTS'],
    },
  },
  '/account/picture': {
    get: {
      summary: 'The picture of whoever is signed in.',
      callers: ['sessionCookie'],
      answers: [
        {
          status: 200,
          says: 'The picture.',
          content: Object.fromEntries(['jpeg', 'png', 'webp', 'gif'].map((type) => [`image/${type}`, text])),
        },
      ],
      problems: ['UNAUTHENTICATED', 'NOT_FOUND', 'TOO_MANY_REQUESTS'],
    },
  },
  '/api/sessions': {
    get: {
      summary: 'Where the person is signed in.',
      callers: person,
      answers: [ok('This session first, then the latest seen.', answers.sessionsAnswer)],
      problems: ['UNAUTHENTICATED'],
    },
    delete: {
      summary: 'Ends all sessions but the one that asks.',
      callers: person,
      query: { others: { schema: z.literal('1'), required: true } },
      answers: [done],
      problems: ['INVALID_REQUEST', 'UNAUTHENTICATED', 'CROSS_ORIGIN'],
    },
  },
  '/api/sessions/{id}': {
    delete: {
      summary: 'Ends one session.',
      callers: person,
      answers: [done],
      problems: ['UNAUTHENTICATED', 'CROSS_ORIGIN', 'NOT_FOUND'],
    },
  },
  '/api/auth/session': {
    get: {
      summary: 'The session, as next-auth shows it.',
      answers: [
        ok('The session, or nobody’s.', z.union([answers.nextAuthSessionAnswer, answers.signedOutAnswer])),
      ],
    },
  },
  '/api/auth/csrf': {
    get: {
      summary: 'The token against forgery that next-auth’s client repeats.',
      answers: [ok('The token of this browser.', answers.csrfAnswer)],
    },
  },
  '/api/auth/signout': {
    post: {
      summary: 'Ends the session of the cookie.',
      callers: ['sessionCookie'],
      body: csrfFields,
      answers: [
        ok('For a script that sends json=true: where to go on.', answers.addressAnswer),
        seeOther('Where to go on.'),
      ],
      problems: ['INVALID_REQUEST', 'CROSS_ORIGIN'],
    },
  },
  '/api/auth/providers': {
    get: {
      summary: 'None: logging in is /login.',
      answers: [ok('Nothing.', z.strictObject({}))],
    },
  },
  '/api/auth/signin': {
    get: { summary: 'Leads to the login page.', answers: [seeOther('/login')] },
  },
  '/api/auth/error': {
    get: { summary: 'Leads to the login page.', answers: [seeOther('/login')] },
  },
};
