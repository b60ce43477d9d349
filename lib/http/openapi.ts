import { z } from 'zod';
import * as answers from './answers';
import { type ProblemCode, statusOf } from './problem';

/** Who may ask: several are alternatives, none means everybody. */
type Caller = 'sessionCookie' | 'sessionToken' | 'kakaoToken' | 'adminKey' | 'cronSecret';

interface Answer {
  readonly status: number;
  readonly says: string;
  /** By media type; none: the answer is empty. */
  readonly content?: Readonly<Record<string, z.ZodType>>;
}

interface Operation {
  readonly summary: string;
  readonly callers?: readonly Caller[];
  readonly query?: Readonly<Record<string, { readonly schema: z.ZodType; readonly required?: boolean }>>;
  readonly body?: Readonly<Record<string, z.ZodType>>;
  readonly answers: readonly Answer[];
  readonly problems?: readonly ProblemCode[];
}

type Method = 'get' | 'post' | 'delete';
type Operations = Readonly<Record<string, Partial<Readonly<Record<Method, Operation>>>>>;

/** What every operation may answer. */
export const generalProblems = ['TOO_LARGE', 'INTERNAL', 'UNAVAILABLE'] as const satisfies ProblemCode[];

const json = (schema: z.ZodType) => ({ 'application/json': schema });
const ok = (says: string, schema?: z.ZodType): Answer => ({
  status: 200,
  says,
  ...(schema && { content: json(schema) }),
});
const done: Answer = { status: 204, says: 'Done.' };
const seeOther = (says: string): Answer => ({ status: 303, says });
const text = z.string();
const person = ['sessionCookie', 'sessionToken'] as const;
const csrfFields = { 'application/x-www-form-urlencoded': z.object({ csrfToken: text }) };

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

/** Every operation of the JSON API. What is new is added here and in docs/api.md: a test compares both with the routes. */
const operations: Operations = {
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
  '/api/openapi.json': {
    get: { summary: 'This description.', answers: [ok('OpenAPI 3.1.', z.looseObject({ openapi: text }))] },
  },
};

/** The schemas that have a name of their own. */
const components = z.registry<{ id: string }>();
components.add(answers.userAnswer, { id: 'User' });
components.add(answers.signedInAnswer, { id: 'SignedIn' });
components.add(answers.sessionsAnswer, { id: 'Sessions' });
components.add(answers.exportAnswer, { id: 'PersonalData' });
components.add(answers.nextAuthSessionAnswer, { id: 'NextAuthSession' });
components.add(answers.signedOutAnswer, { id: 'SignedOut' });
components.add(answers.cronAnswer, { id: 'BackgroundReport' });
components.add(answers.problemAnswer, { id: 'Problem' });

type Json = Readonly<Record<string, unknown>>;

/** `input`: an answer may have more members than a client knows of. The pattern of a time says no more than its format. */
const conversion: z.core.ToJSONSchemaParams = {
  io: 'input',
  override: ({ jsonSchema }) => {
    if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
  },
};
const pathOf = (name: string) => `#/components/schemas/${name}`;

/** A schema as OpenAPI has it: what has a name is told by it. */
function schemaJson(schema: z.ZodType): Json {
  const name = components.get(schema)?.id;
  if (name !== undefined) return { $ref: pathOf(name) };
  const { $schema, $defs, ...converted } = z.toJSONSchema(schema, { ...conversion, metadata: components });
  return JSON.parse(JSON.stringify(converted).replaceAll('#/$defs/', pathOf('')));
}

function contentJson(content: Readonly<Record<string, z.ZodType>>): { content: Json } {
  const types = Object.entries(content).map(([type, schema]) => [type, { schema: schemaJson(schema) }]);
  return { content: Object.fromEntries(types) };
}

/** The refusals of one status: the stable codes are all that differs. */
function refusalJson(codes: readonly ProblemCode[]) {
  const schema = { $ref: pathOf('Problem'), properties: { message: { enum: codes } } };
  return { description: codes.join(', '), content: { 'application/problem+json': { schema } } };
}

/** By status. What has a status in common, such as a 503 of readiness and one of the database, differs by its media type. */
function responsesJson({ answers: given, problems = [] }: Operation): Json {
  const responses: Record<string, { description: string; content?: Json }> = {};
  const codes = [...problems, ...generalProblems];
  for (const status of new Set(codes.map(statusOf)))
    responses[status] = refusalJson(codes.filter((code) => statusOf(code) === status));
  for (const { status, says, content } of given) {
    const own: { description: string; content?: Json } = {
      description: says,
      ...(content && contentJson(content)),
    };
    const refused = responses[status];
    responses[status] = refused
      ? {
          description: `${says} ${refused.description}`,
          content: { ...own.content, ...refused.content },
        }
      : own;
  }
  return responses;
}

function parametersJson(path: string, { query = {} }: Operation): readonly Json[] {
  const inPath = [...path.matchAll(/{(\w+)}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(query).map(([name, { schema, required = false }]) => ({
    name,
    in: 'query',
    required,
    schema: schemaJson(schema),
  }));
  return [...inPath, ...inQuery];
}

function operationJson(path: string, method: string, operation: Operation): Json {
  const { summary, callers = [], body } = operation;
  const parameters = parametersJson(path, operation);
  return {
    operationId: `${method}${path.replace(/[^a-z]+(\w?)/gi, (_, first: string) => first.toUpperCase())}`,
    summary,
    security: callers.map((caller) => ({ [caller]: [] })),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, ...contentJson(body) } }),
    responses: responsesJson(operation),
  };
}

/** The OpenAPI 3.1 document of the site at this origin, whose session cookie has this name. */
export function openApiDocument({
  origin,
  sessionCookie,
}: {
  readonly origin: string;
  readonly sessionCookie: string;
}) {
  const bearer = (description: string) => ({ type: 'http', scheme: 'bearer', description });
  const callers: Readonly<Record<Caller, Json>> = {
    sessionCookie: { type: 'apiKey', in: 'cookie', name: sessionCookie },
    sessionToken: { ...bearer('Our own token.'), bearerFormat: 'JWT' },
    kakaoToken: bearer('An access token of Kakao, issued to this app.'),
    adminKey: {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description: 'KakaoAK and the primary admin key of the app.',
    },
    cronSecret: bearer('CRON_SECRET.'),
  };
  const paths = Object.entries(operations).map(([path, methods]) => [
    path,
    Object.fromEntries(
      Object.entries(methods).map(([method, operation]) => [method, operationJson(path, method, operation)]),
    ),
  ]);
  const { schemas } = z.toJSONSchema(components, { ...conversion, uri: pathOf });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Login with Kakao',
      version: '1',
      description: 'The JSON API, explained in docs/api.md. A HEAD is answered where a GET has no effect.',
    },
    servers: [{ url: origin }],
    paths: Object.fromEntries(paths) as Record<string, Record<string, Json>>,
    components: {
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([name, { $schema, $id, ...schema }]) => [name, schema]),
      ),
      securitySchemes: callers,
    },
  };
}
