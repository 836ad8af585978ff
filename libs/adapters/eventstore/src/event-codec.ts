import { hash } from 'node:crypto';
import { LogDamaged, StoredRecord } from '@tidemark/streams';
import type { BinaryEventData, ResolvedEvent } from '@eventstore/db-client';
import type { EncodedAppend, StoredEvent } from '@tidemark/streams';
import { positionOf } from './log-position.js';
import type { Namespace } from './namespace.js';

const utf8 = new TextEncoder();

/**
 * Events as the client takes them. Data goes over as the bytes of its text and comes back as the
 * same bytes; under the label "JSON" the client would parse and write it anew, which costs more
 * than all the rest and changes texts such as `1.0`. The event's id and its meta are the metadata.
 */
export function toStored(append: EncodedAppend): BinaryEventData[] {
  const { ids, types, metaTexts, dataTexts } = append;
  return ids.map((id, index) => ({
    id: uuidOf(id),
    contentType: 'application/octet-stream',
    type: types[index] ?? '',
    data: utf8.encode(dataTexts[index]),
    metadata: utf8.encode(`{"id":${JSON.stringify(id)},"meta":${metaTexts[index] ?? '{}'}}`),
  }));
}

/**
 * The id by which the server knows a repeated append: equal ids give equal UUIDs (version 8, from
 * their hash), other ids others.
 */
function uuidOf(id: string): string {
  const hex = hash('sha1', id, 'hex');
  const variant = '89ab'[Number.parseInt(hex.slice(16, 17), 16) % 4] ?? '8';
  return (
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-` +
    `${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
  );
}

/**
 * The event as readers see it, or undefined if it stands in no stream of the namespace.
 *
 * @throws LogDamaged for an event of the namespace that this adapter did not write.
 */
export function fromStored(resolved: ResolvedEvent, namespace: Namespace): StoredEvent | undefined {
  const { event } = resolved;
  const stream = event === undefined ? undefined : namespace.streamOf(event.streamId);
  if (event === undefined || stream === undefined) return undefined;
  const { metadata, data, position } = event;
  if (position === undefined || position.commit !== position.prepare) {
    throw notOurs(event.streamId, event.revision);
  }
  if (!(data instanceof Uint8Array) || !isHead(metadata)) {
    throw notOurs(event.streamId, event.revision, positionOf(position.commit));
  }
  return new StoredRecord(
    stream,
    Number(event.revision),
    positionOf(position.commit),
    metadata.id,
    event.type,
    Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString(),
    JSON.stringify(metadata.meta),
  );
}

interface Head {
  readonly id: string;
  readonly meta: object;
}

function isHead(metadata: unknown): metadata is Head {
  if (typeof metadata !== 'object' || metadata === null) return false;
  if (!('id' in metadata) || !('meta' in metadata)) return false;
  return typeof metadata.id === 'string' && typeof metadata.meta === 'object';
}

function notOurs(storedName: string, revision: bigint, position?: string): LogDamaged {
  return new LogDamaged(
    `Event ${revision} of ${storedName} was not written by Tidemark. Keep other writers out of ` +
      'the namespace, or use another one.',
    position === undefined ? {} : { position },
  );
}
