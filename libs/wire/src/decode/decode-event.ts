import { failed, success, type Result } from '@tidemark/kernel';
import { shown, wireRefusal, type WireRefusal } from '../refusal.js';
import { readJson } from '../text/read-json.js';
import { renderNumbers } from '../text/render-numbers.js';
import { eventKindOf, eventTypes, type Destination, type EventContent } from './catalog.js';
import type { EventHead } from './event-head.js';
import { Reading, type WireWarning } from './reading.js';

/** What the way in knows of a sender; it fills what the envelope leaves out. */
export interface DecodeContext {
  readonly company: string;
  /** Source of events that name none. */
  readonly source?: string;
  /** Numbers are taken for quantities: scenario, CSV and dataset files only. */
  readonly numbers?: 'refused' | 'taken';
}

export interface DecodedEvent {
  readonly head: EventHead;
  readonly goesTo: Destination;
  readonly content: EventContent;
  /** The data as it was sent, proved by the validator; facts are stored as they were sent. */
  readonly data: unknown;
  readonly warnings: readonly WireWarning[];
}

/** Versions of the envelope and data that this reader knows. */
export const schemaVersionKnown = 1;

const noWarnings: readonly WireWarning[] = [];

interface Envelope {
  readonly type: string;
  readonly source?: string;
  readonly time?: string;
  readonly company?: string;
  readonly version: number;
  readonly schemaVersion?: number;
  readonly principal?: string;
  readonly data: unknown;
}

/** Decodes one event: its JSON text, or the value that a scanned text was parsed into. */
export function decodeEvent(
  event: unknown,
  context: DecodeContext,
): Result<DecodedEvent, WireRefusal> {
  if (typeof event !== 'string') return decodeValue(event, context);
  const read = readJson(event);
  return read.ok ? decodeValue(read.value, context) : read;
}

function decodeValue(value: unknown, context: DecodeContext): Result<DecodedEvent, WireRefusal> {
  const type = typeOf(value);
  const kind = type === undefined ? undefined : eventKindOf(type);
  if (type === undefined || kind === undefined) return failed(unknownType(value, type));
  const wanted = context.numbers === 'taken' ? renderNumbers(kind.schema, value) : value;
  if (!kind.validator.accepts(wanted)) {
    return failed(newerSchema(wanted) ?? kind.validator.explain(wanted));
  }
  const envelope = wanted as Envelope;
  const reading = new Reading();
  const head = readHead(envelope, kind.idOf(envelope.data), context, reading);
  const content = kind.read(envelope.data, head, reading);
  if (reading.failure !== undefined) return failed(reading.failure);
  const warnings = reading.warnings.length === 0 ? noWarnings : reading.warnings;
  return success({ head, goesTo: kind.goesTo, content, data: envelope.data, warnings });
}

function readHead(
  envelope: Envelope,
  id: string,
  context: DecodeContext,
  reading: Reading,
): EventHead {
  const { type, version, time, principal, schemaVersion = 1 } = envelope;
  const source = envelope.source ?? context.source;
  const { company } = context;
  if (envelope.company !== undefined && envelope.company !== company) {
    reading.refuse(companyMismatch(envelope.company, company, id));
  }
  if (source === undefined) reading.refuse(sourceMissing(id));
  if (schemaVersion > schemaVersionKnown) reading.failure ??= unknownVersion(schemaVersion, id);
  return {
    type,
    company,
    source: source ?? '',
    id,
    version,
    schemaVersion,
    ...(time === undefined ? {} : { time: reading.instant(time, 'time') }),
    ...(principal === undefined ? {} : { principal }),
  };
}

function typeOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value)) return undefined;
  return typeof value.type === 'string' ? value.type : undefined;
}

/** A newer schema may have other keys: its version says more than the first unknown key. */
function newerSchema(value: unknown): WireRefusal | undefined {
  if (typeof value !== 'object' || value === null || !('schemaVersion' in value)) return undefined;
  const { schemaVersion } = value;
  if (typeof schemaVersion !== 'number' || !(schemaVersion > schemaVersionKnown)) return undefined;
  return unknownVersion(schemaVersion, '');
}

function unknownVersion(schemaVersion: number, id: string): WireRefusal {
  return wireRefusal({
    rule: 'UNKNOWN_SCHEMA_VERSION',
    field: 'schemaVersion',
    message:
      `Schema version ${schemaVersion} is newer than ${schemaVersionKnown}, which is` +
      ` known here.`,
    remedy: 'Update Tidemark first, then send it again; or send the older version.',
    values: { schemaVersion: String(schemaVersion) },
    mentions: id === '' ? [] : [id],
  });
}

function unknownType(value: unknown, type: string | undefined): WireRefusal {
  if (type === undefined) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return wireRefusal({
      rule: isObject ? 'MISSING_PROPERTY' : 'INVALID_VALUE',
      field: isObject ? 'type' : '',
      message: isObject ? 'The event names no type.' : `The event is ${shown(value)}, no object.`,
      remedy: `Send an object whose type is one of ${eventTypes.join(', ')}.`,
    });
  }
  const base = type.replace(/\.v\d+$/, '');
  const known = eventTypes.find((name) => name.startsWith(`${base}.v`));
  return wireRefusal({
    rule: known === undefined ? 'UNKNOWN_TYPE' : 'UNKNOWN_SCHEMA_VERSION',
    field: 'type',
    message: `The event type ${shown(type)} is not known here.`,
    remedy:
      known === undefined
        ? `Send one of ${eventTypes.join(', ')}.`
        : `Send ${known}, or update Tidemark first.`,
    values: { type: shown(type) },
  });
}

function companyMismatch(sent: string, company: string, id: string) {
  return {
    rule: 'COMPANY_MISMATCH',
    field: 'company',
    message: `${id} is of company ${sent}, but was sent to company ${company}.`,
    remedy: 'Send it to its own company.',
    values: { company: sent },
    mentions: [id],
  };
}

function sourceMissing(id: string) {
  return {
    rule: 'MISSING_PROPERTY',
    field: 'source',
    message: `${id} names no source, and the sender is not known as one.`,
    remedy: 'Send the attribute source: the system the event comes from.',
    mentions: [id],
  };
}
