import { changeKinds } from '@tidemark/runtime';
import { bodyTypes } from '../http/bodies.js';
import { problemType } from '../http/problem.js';
import { messageKinds, orderStages, pageLimits } from '../http/queries.js';
import { examples } from './examples.js';
import type { Operation, QueryName } from './operation.js';
import { componentSchemas, ref, type Schema } from './schemas.js';

const queries: Readonly<Record<QueryName, { readonly description: string; schema: Schema }>> = {
  source: {
    description: 'The system that sends events which name none.',
    schema: { type: 'string', maxLength: 128 },
  },
  item: { description: 'Only rows of this item.', schema: { type: 'string', maxLength: 128 } },
  limit: {
    description: 'Most rows of the page.',
    schema: {
      type: 'integer',
      minimum: 1,
      maximum: pageLimits.rows,
      default: pageLimits.rowsDefault,
    },
  },
  cursor: { description: 'From the page before.', schema: { type: 'string' } },
  minPosition: {
    description: 'The position that the answer must have folded: read your own writes.',
    schema: { type: 'string', maxLength: 64 },
  },
  from: {
    description: 'Only revisions after this one. Absent: from now on. `Last-Event-ID` counts more.',
    schema: { type: 'integer', minimum: 0 },
  },
  kind: { description: 'Only changes of these lines.', schema: { enum: changeKinds } },
  type: { description: 'Only orders of this type.', schema: { type: 'string', maxLength: 128 } },
  status: { description: 'Only orders that are so.', schema: { enum: orderStages } },
  fromDate: {
    description: 'Only orders required on this day or later.',
    schema: { type: 'string', format: 'date' },
  },
  toDate: {
    description: 'Only orders required on this day or earlier.',
    schema: { type: 'string', format: 'date' },
  },
  demand: {
    description: 'A sales line, an order or another demand; may stand several times.',
    schema: {
      type: 'array',
      items: { type: 'string', maxLength: 128 },
      maxItems: pageLimits.demands,
    },
  },
  messageKind: { description: 'Only messages of this kind.', schema: { enum: messageKinds } },
};

/** The operations as OpenAPI 3.1 tells them. */
export function openapiDocument(operations: readonly Operation[]): Schema {
  const paths: Record<string, Record<string, Schema>> = {};
  for (const operation of operations) {
    const path = (paths[operation.path] ??= {});
    path[operation.method] = operationOf(operation);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tidemark',
      version: '1.0.0',
      description:
        'Material planning that follows every change. Send events, read plans; each answer about ' +
        'a plan tells its revision and its tidemark, the position up to which it has folded.',
    },
    paths,
    components: {
      schemas: componentSchemas,
      responses: {
        Problem: {
          description: 'RFC 9457, with code, rule, values and remedy.',
          content: { [problemType]: { schema: ref('Problem'), example: examples.problem } },
        },
      },
    },
  };
}

function operationOf(operation: Operation): Schema {
  const { id, path, summary, permission, answer, problems, query = [] } = operation;
  const type = answer.type ?? bodyTypes.json[0];
  const { schema, example } = answer;
  const isConditional = path.includes('{plan}') && query.includes('minPosition');
  const notModified = { description: 'The reader has this revision (If-None-Match).' };
  return {
    operationId: id,
    summary,
    'x-permission': permission,
    parameters: [...pathParameters(operation), ...query.map(queryParameter), ...headersOf(id)],
    ...bodyOf(operation),
    responses: {
      200: {
        description: 'Done.',
        ...(isConditional ? { headers: { etag: { schema: { type: 'string' } } } } : {}),
        content: { [type]: { schema, ...(example === undefined ? {} : { example }) } },
      },
      ...(isConditional ? { 304: notModified } : {}),
      ...Object.fromEntries(
        problems.map((status) => [status, { $ref: '#/components/responses/Problem' }]),
      ),
    },
  };
}

function pathParameters({ path }: Operation): Schema[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
    ...(name === 'company' ? { example: 'example' } : {}),
    ...(name === 'plan' ? { example: 'dynamic' } : {}),
  }));
}

function queryParameter(name: QueryName): Schema {
  return { name, in: 'query', required: false, ...queries[name] };
}

function headersOf(id: string): Schema[] {
  if (id !== 'followChanges') return [];
  const schema = { type: 'integer', minimum: 0 };
  return [{ name: 'Last-Event-ID', in: 'header', required: false, schema }];
}

function bodyOf({ body, id }: Operation): Schema {
  if (body === undefined) return {};
  const { schema, example, isEvents } = body;
  const one = { schema, example };
  if (isEvents !== true) {
    const isNeeded = id !== 'sendDeadLetterAgain';
    return { requestBody: { required: isNeeded, content: { [bodyTypes.json[0]]: one } } };
  }
  const several = { oneOf: [schema, { type: 'array', items: schema, maxItems: 10_000 }] };
  return {
    requestBody: {
      required: true,
      content: {
        [bodyTypes.json[0]]: { schema: several, example },
        [bodyTypes.lines[0]]: {
          schema: { type: 'string', description: 'One event a line.' },
          example: `${JSON.stringify(example)}\n`,
        },
      },
    },
  };
}
