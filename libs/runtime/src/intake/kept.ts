import { hash } from 'node:crypto';
import {
  readJson,
  type DeadLetter,
  type DecodeContext,
  type DecodedEvent,
  type EventContent,
  type MissingReference,
  type ParkedChange,
  type WireRefusal,
} from '@tidemark/wire';
import { intakeLimits } from './limits.js';
import { missingCodes } from './references.js';

/** A change that waits, under an id that is its content. */
export function parkedOf(
  { head, content }: DecodedEvent,
  waitsFor: MissingReference,
  input: unknown,
): ParkedChange {
  const event = valueOf(input);
  const { company, type, source, version } = head;
  return {
    id: idOf([company, type, source, head.id, String(version), contentTextOf(content)]),
    company,
    code: missingCodes[waitsFor.kind],
    waitsFor,
    type,
    source,
    subject: head.id,
    version,
    event,
  };
}

/** The time of a change is no part of its content: a repeat may be sent at another one (law 1). */
function contentTextOf(content: EventContent): string {
  if (content.kind === 'fact') return JSON.stringify(content);
  return JSON.stringify({ ...content.change, time: undefined });
}

/**
 * A refused event with its reason, under an id that is its content: a repeat is the same
 * letter.
 */
export function letterOf(
  { company, source }: DecodeContext,
  refusal: WireRefusal,
  input: unknown,
): DeadLetter {
  const whole = textOf(input);
  const { code, rule, field, message, remedy, values, mentions } = refusal;
  return {
    id: idOf([company, rule, field, source ?? '', whole]),
    company,
    code,
    rule,
    field,
    message,
    remedy,
    values,
    mentions,
    ...(source === undefined ? {} : { source }),
    text: whole.slice(0, intakeLimits.letterCharacters),
  };
}

function idOf(parts: readonly string[]): string {
  return hash('sha256', parts.join('\u0000'), 'hex').slice(0, 32);
}

function valueOf(input: unknown): unknown {
  if (typeof input !== 'string') return input;
  const read = readJson(input);
  return read.ok ? read.value : input;
}

function textOf(input: unknown): string {
  if (typeof input === 'string') return input;
  try {
    return JSON.stringify(input) ?? String(input);
  } catch {
    return String(input);
  }
}
