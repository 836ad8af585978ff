import { Type, type TSchema } from '@sinclair/typebox';
import { closed, Company, Id, Instant, Version } from './primitives.js';

/** Keys of an event, whatever its type: attribute names of CloudEvents, and ours. */
export const envelopeProperties = {
  specversion: Type.Optional(Type.Literal('1.0')),
  /** Id of the message; repeats are told by source, id and version of the thing, not by it. */
  id: Type.Optional(Id),
  /** The system that sends it; absent: the one the sender is known as. */
  source: Type.Optional(Id),
  /** When it happened. */
  time: Type.Optional(Instant),
  subject: Type.Optional(Id),
  dataschema: Type.Optional(Type.String({ maxLength: 1000 })),
  datacontenttype: Type.Optional(Type.Literal('application/json')),
  /** Absent: the company it was sent to. */
  company: Type.Optional(Company),
  /** Version of the thing the event is about; of two versions the higher one counts. */
  version: Version,
  schemaVersion: Type.Optional(Version),
  /** Who made the change in the source. */
  principal: Type.Optional(Id),
};

export function eventSchema<Name extends string, Data extends TSchema>(type: Name, data: Data) {
  return closed({ type: Type.Literal(type), ...envelopeProperties, data }, { title: type });
}
