import type { JsonObject } from '../json.ts';
import type { ControlRoutes, Operation } from './operation.ts';
import { problemDocument } from './problem.ts';
import type { Schema } from './schema.ts';

/** The OpenAPI 3.1 document of these routes; `root` is where they are. */
export function openApiDocument(routes: ControlRoutes, root: string): JsonObject {
  const paths = Object.entries(routes).map(([path, methods]) => [
    `/${path.replace(/:(\w+)/g, '{$1}')}`,
    Object.fromEntries(
      Object.entries(methods).map(([method, it]) => [method.toLowerCase(), described(path, method, it)]),
    ),
  ]);
  const answers = Object.values(routes).flatMap((methods) =>
    Object.values(methods).flatMap(({ answer }) => (answer ? [answer] : [])),
  );
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
    components: { schemas: Object.fromEntries([...answers, problemDocument].flatMap(componentsIn)) },
  };
}

/** The schemas with names of their own that a schema is made of. */
function componentsIn({ parts, component }: Schema): [name: string, json: JsonObject][] {
  const own: [string, JsonObject][] = component ? [[component.name, component.json]] : [];
  return [...parts.flatMap(componentsIn), ...own];
}

function described(path: string, method: string, it: Operation): JsonObject {
  const { summary, body, query = {}, answer, answerType = 'application/json' } = it;
  const { status = answer ? 200 : 204 } = it;
  const parameters = [
    ...[...path.matchAll(/:(\w+)/g)].map(([, name = '']) => parameter(name, 'path')),
    ...Object.entries(query).map(([name, text]) => ({ ...parameter(name, 'query'), description: text })),
  ];
  return {
    operationId: operationId(path, method),
    summary,
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: { required: body.required.length > 0, ...content('application/json', body) },
    }),
    responses: {
      [status]: { description: summary, ...(answer && content(answerType, answer)) },
      default: {
        description: 'Refused; why, and which field',
        ...content('application/problem+json', problemDocument),
      },
    },
  };
}

function parameter(name: string, place: 'path' | 'query'): JsonObject {
  return { name, in: place, ...(place === 'path' && { required: true }), schema: { type: 'string' } };
}

function content(type: string, { json }: Schema): JsonObject {
  return { content: { [type]: { schema: json } } };
}

/** `post-apps-app-keys` for `POST apps/:app/keys`. */
function operationId(path: string, method: string): string {
  return `${method.toLowerCase()}-${path.replace(/[^\w]+/g, '-')}`;
}
