import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProjectedEvent } from '@tidemark/projections';
import { LogDamaged, type StoredEvent } from '@tidemark/streams';
import { decodeStored, parseStreamName, type RevisionChunk } from '@tidemark/wire';

/** Lines decoded before other work of the process gets its turn. */
const linesPerTurn = 400;

/**
 * What committed events say to projections; runs, and facts that no event of the log changes rows
 * by, come along all the same.
 *
 * @throws LogDamaged if a revision lacks a part, UnreadableEvent for one of a newer version.
 */
export async function projectedEvents(
  events: readonly StoredEvent[],
): Promise<readonly ProjectedEvent[]> {
  const parts = new Map<string, number>();
  const projected: ProjectedEvent[] = [];
  let lines = 0;
  for (const event of events) {
    const meaning = projectedEvent(event, parts);
    if (meaning === undefined) continue;
    projected.push(meaning);
    lines += meaning.kind === 'nodes' ? linesIn(meaning) : 1;
    if (lines < linesPerTurn) continue;
    lines = 0;
    await nextTurn();
  }
  return projected;
}

function projectedEvent(
  event: StoredEvent,
  parts: Map<string, number>,
): ProjectedEvent | undefined {
  const { position, stream } = event;
  const meaning = decodeStored(event);
  switch (meaning.kind) {
    case 'entry':
      return { company: meaning.entry.company, position, kind: 'input', input: meaning };
    case 'fact':
      if (meaning.fact.kind === 'company') return undefined;
      return { company: meaning.head.company, position, kind: 'input', input: meaning.fact };
    case 'decision': {
      const { company, decision } = meaning;
      return { company, position, kind: 'input', input: { kind: 'decision', decision } };
    }
    case 'revisionChunk':
      parts.set(stream, (parts.get(stream) ?? 0) + 1);
      return { company: companyOf(stream), position, ...nodesOf(meaning.chunk) };
    case 'revisionCommitted': {
      const { chunks, ...head } = meaning.commit;
      const found = parts.get(stream) ?? 0;
      parts.delete(stream);
      if (found !== chunks) {
        const what = `${found} of ${chunks} parts`;
        throw new LogDamaged(`Revision ${head.revision} of ${stream} has ${what}.`, { position });
      }
      return { company: companyOf(stream), position, kind: 'revision', head };
    }
    case 'intake':
      return { company: companyOf(stream), position, kind: 'kept', event: meaning.event };
    case 'note':
    case 'planner':
    case 'takeover':
    case 'leaving':
    case 'claim':
      return undefined;
  }
}

function nodesOf({ plan, revision, index, nodes }: RevisionChunk) {
  return { kind: 'nodes', plan, revision, index, nodes } as const;
}

function companyOf(stream: string): string {
  return parseStreamName(stream)?.company ?? '';
}

function linesIn({ nodes }: ProjectedEvent & { readonly kind: 'nodes' }): number {
  let lines = 0;
  for (const { orders, requirements, coverage, messages } of nodes) {
    lines += orders.length + requirements.length + coverage.length + messages.length;
  }
  return lines;
}
