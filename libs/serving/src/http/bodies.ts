import { readJson, readText, wireRefusal } from '@tidemark/wire';
import { Readable } from 'node:stream';
import { refuse, valueOf } from './problem.js';

/** The types of body that are taken. */
export const bodyTypes = {
  json: ['application/json', 'application/cloudevents+json', 'application/cloudevents-batch+json'],
  lines: ['application/x-ndjson', 'application/ndjson', 'application/jsonl'],
} as const;

/** The text of a JSON body. */
export function textOf(body: unknown): string {
  if (!(body instanceof Uint8Array) || body.length === 0) return refuseEmpty();
  return valueOf(readText(body));
}

/** The value of a JSON body: read as strictly as events are. */
export function jsonOf(body: unknown): unknown {
  return valueOf(readJson(textOf(body)));
}

export function isStream(body: unknown): body is Readable {
  return body instanceof Readable;
}

function refuseEmpty(): never {
  return refuse(
    wireRefusal({
      rule: 'JSON_SYNTAX',
      field: '',
      message: 'The request has no JSON body.',
      remedy: `Send one, with content-type ${bodyTypes.json[0]}.`,
    }),
  );
}
