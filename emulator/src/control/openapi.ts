import type { Json, JsonObject } from '../server/json.ts';
import { answerSchemas, the } from './answers.ts';
import type { Shape } from './body-shape.ts';
import { objectOf } from './object-schema.ts';
import type { ControlRoutes, Operation } from './operation.ts';

/** The OpenAPI 3.1 document of these routes; `root` is where they are. */
export function openApiDocument(routes: ControlRoutes, root: string): JsonObject {
  const paths = Object.entries(routes).map(([path, methods]) => [
    `/${path.replace(/:(\w+)/g, '{$1}')}`,
    Object.fromEntries(
      Object.entries(methods).map(([method, it]) => [method.toLowerCase(), described(path, method, it)]),
    ),
  ]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Control API of kakao-emulator',
      version: '1',
      description:
        'For the machine that the emulator runs on. Members that are not described here are refused.',
    },
    servers: [{ url: root }],
    paths: Object.fromEntries(paths),
    components: { schemas: answerSchemas },
  };
}

function described(path: string, method: string, { summary, handle, ...contract }: Operation): JsonObject {
  const {
    body,
    required = [],
    query = {},
    answer,
    answerType = 'application/json',
    status = answer ? 200 : 204,
  } = contract;
  const parameters = [
    ...[...path.matchAll(/:(\w+)/g)].map(([, name = '']) => parameter(name, 'path')),
    ...Object.entries(query).map(([name, text]) => ({ ...parameter(name, 'query'), description: text })),
  ];
  return {
    operationId: operationId(path, method),
    summary,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: requestBody(body, required) } : {}),
    responses: {
      [status]: { description: summary, ...(answer ? content(answerType, answer) : {}) },
      default: {
        description: 'Refused; why, and which field',
        ...content('application/problem+json', the('Problem')),
      },
    },
  };
}

function requestBody(body: Shape, required: readonly string[]): JsonObject {
  return { required: required.length > 0, ...content('application/json', objectOf(body, required)) };
}

function parameter(name: string, place: 'path' | 'query'): JsonObject {
  return { name, in: place, ...(place === 'path' ? { required: true } : {}), schema: { type: 'string' } };
}

function content(type: string, schema: Json): JsonObject {
  return { content: { [type]: { schema } } };
}

/** `post-apps-app-keys` for `POST apps/:app/keys`. */
function operationId(path: string, method: string): string {
  return `${method.toLowerCase()}-${path.replace(/[^\w]+/g, '-')}`;
}
