import { z } from 'zod';
import * as answers from './answers';
import { json, type Operation, type Operations, ok, text } from './operation';

/** Prometheus's text format. */
export const metricsType = 'text/plain; version=0.0.4; charset=utf-8';

const cron: Operation = {
  summary: 'Does the background work once.',
  callers: ['cronSecret'],
  answers: [ok('What was done.', answers.cronAnswer)],
  problems: ['UNAUTHENTICATED', 'NOT_FOUND', 'TOO_MANY_REQUESTS'],
};

const notice = z.object({ app_id: text, user_id: text, referrer_type: text });
const unlinkNotice: Operation = {
  summary: 'For Kakao alone: somebody has been unlinked from the app.',
  callers: ['adminKey'],
  answers: [ok('Its effect is on disk.')],
  problems: [
    'INVALID_REQUEST',
    'UNAUTHENTICATED',
    'ANOTHER_APP',
    'NOT_FOUND',
    'UNSUPPORTED_TYPE',
    'TOO_MANY_REQUESTS',
  ],
};

/** What programs ask: the scheduler, Kakao, whoever watches. */
export const machineOperations: Operations = {
  '/api/cron': { get: cron, post: cron },
  '/api/webhooks/kakao/unlink': {
    get: {
      ...unlinkNotice,
      query: Object.fromEntries(
        Object.keys(notice.shape).map((name) => [name, { schema: text, required: true }]),
      ),
    },
    post: {
      ...unlinkNotice,
      body: { 'application/x-www-form-urlencoded': notice, 'application/json': notice },
    },
  },
  '/api/webhooks/kakao/account-state': {
    post: {
      summary: 'For Kakao alone: a security event token.',
      body: { 'application/secevent+jwt': text },
      answers: [
        { status: 202, says: 'Its effect is on disk.' },
        { status: 400, says: 'Refused.', content: json(answers.eventRefusalAnswer) },
      ],
      problems: ['TOO_MANY_REQUESTS', 'KAKAO_UNAVAILABLE'],
    },
  },
  '/api/health/live': {
    get: { summary: 'Whether the process answers.', answers: [ok('It does.', answers.healthyAnswer)] },
  },
  '/api/health/ready': {
    get: {
      summary: 'Whether to send requests here.',
      answers: [
        ok('Yes.', answers.healthyAnswer),
        { status: 503, says: 'Not now.', content: json(answers.unreadyAnswer) },
      ],
    },
  },
  '/api/metrics': {
    get: {
      summary: 'Counters for Prometheus.',
      callers: ['metricsToken'],
      answers: [{ status: 200, says: 'Text of Prometheus.', content: { [metricsType]: text } }],
      problems: ['UNAUTHENTICATED', 'NOT_FOUND', 'TOO_MANY_REQUESTS'],
    },
  },
  '/api/openapi.json': {
    get: { summary: 'This description.', answers: [ok('OpenAPI 3.1.', z.looseObject({ openapi: text }))] },
  },
};
