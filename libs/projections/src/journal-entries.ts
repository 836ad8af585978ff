import type { JournalEntry } from '@tidemark/journal';
import type { ProjectedEvent } from './projected-event.js';

const none: readonly JournalEntry[] = [];

/** The journal entries that an event carries: one, or those by which orders were firmed. */
export function entriesOf(event: ProjectedEvent): readonly JournalEntry[] {
  if (event.kind !== 'input') return none;
  const { input } = event;
  if (input.kind === 'entry') return [input.entry];
  if (input.kind !== 'decision') return none;
  return input.decision.kind === 'ordersFirmed' ? input.decision.entries : none;
}
