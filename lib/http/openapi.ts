import { z } from 'zod';
import * as answers from './answers';
import { machineOperations } from './machine-operations';
import type { Caller, Operation, Operations } from './operation';
import { peopleOperations } from './people-operations';
import { type ProblemCode, statusOf } from './problem';

/** Every operation of the JSON API. What is new is added there and in docs/api.md: a test compares both with the routes. */
const operations: Operations = { ...peopleOperations, ...machineOperations };

/** What every operation may answer. */
export const generalProblems = ['TOO_LARGE', 'INTERNAL', 'UNAVAILABLE'] as const satisfies ProblemCode[];

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

function securitySchemes(sessionCookie: string): Readonly<Record<Caller, Json>> {
  const bearer = (description: string) => ({ type: 'http', scheme: 'bearer', description });
  return {
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
    metricsToken: bearer('METRICS_TOKEN.'),
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
      securitySchemes: securitySchemes(sessionCookie),
    },
  };
}
