import type { PlanRevision } from '@tidemark/planning';
import { readToldRevision } from '@tidemark/wire';
import { CommandFailed } from '../outcome.js';
import type { PlanName } from '../published/read-revisions.js';
import { planPath, type Server } from './server.js';

/**
 * The revisions of a plan up to its present one, from the server's stream of changes: what every
 * subscriber sees, and all that a plan is made of.
 */
export async function* remoteRevisions(
  server: Server,
  { company, plan }: PlanName,
): AsyncGenerator<PlanRevision, void, void> {
  const path = planPath(company, plan);
  const { revision: last } = await server.get(`${path}/orders?limit=1`);
  if (typeof last !== 'number' || last === 0) return;
  const leaving = new AbortController();
  const response = await server.open(`${path}/changes?from=0`, { signal: leaving.signal });
  try {
    for await (const revision of revisionsIn(response)) {
      yield revision;
      if (revision.revision >= last) return;
    }
  } finally {
    leaving.abort();
  }
  throw new CommandFailed(`The changes of plan ${plan} ended before revision ${last}.`);
}

/** Of server-sent events our server writes three lines at most: id, event, data. */
async function* revisionsIn(response: Response): AsyncGenerator<PlanRevision, void, void> {
  const decoder = new TextDecoder();
  const chunks: AsyncIterable<Uint8Array> | readonly Uint8Array[] = response.body ?? [];
  let text = '';
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^event: revision\ndata: (.*)$/m.exec(block)?.[1];
      if (data !== undefined) yield revisionOf(data);
    }
  }
}

function revisionOf(data: string): PlanRevision {
  const body: unknown = JSON.parse(data);
  const revision = readToldRevision(body);
  if (revision !== undefined) return revision;
  throw new CommandFailed('The server tells changes that are no revisions. Is it a Tidemark?');
}
