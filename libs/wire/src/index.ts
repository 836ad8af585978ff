export * from './decode/catalog.js';
export * from './decode/commands.js';
export * from './decode/decode-event.js';
export type { CompanySettings } from './decode/plans.js';
export type { EventHead } from './decode/event-head.js';
export type { WireWarning } from './decode/reading.js';
export * from './desk/desk-calls.js';
export * from './refusal.js';
export * from './schema/commands.js';
export * from './schema/master-data.js';
export * from './schema/plans.js';
export { bodyLimits, readEvents, readJson, readText } from './text/read-json.js';
export { eventTextLimits, scanJson, type JsonLimits } from './text/scan-json.js';
export { SettingsData } from './schema/settings.js';
export * from './schema/scenario.js';
export * from './schema/stock.js';
export { wireLimits, DimensionValues } from './schema/primitives.js';
export * from './stored/claims.js';
export * from './stored/decode-stored.js';
export * from './stored/facts-codec.js';
export * from './stored/intake-events.js';
export type { StoredEntry, StoredNote } from './stored/journal-codec.js';
export type { StoredImage } from './stored/images.js';
export { readNamed, writeNamed } from './stored/named-values.js';
export { metaOf, recordedTimeOf, type StoredMeta } from './stored/meta.js';
export * from './stored/planner-events.js';
export * from './stored/takeovers.js';
export * from './stored/translate-positions.js';
export { readToldRevision } from './stored/told-revision.js';
export * from './stored/saved-state.js';
export type { ReadableEvent } from './stored/readable-event.js';
export {
  currentVersionOf,
  UnreadableEvent,
  upcasters,
  type Upcaster,
  type Upcasters,
} from './stored/schema-version.js';
export * from './streams.js';
export { isTimeZone, readSchedule, type Schedule } from './text/schedule.js';
export { decimalOf, renderNumbers } from './text/render-numbers.js';
export { validatorOf, type Validator } from './validator.js';
