import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReadModelStore } from '@tidemark/embedded';
import type { NodeRows, PlanView } from '@tidemark/planning';
import {
  createPlannerDesk,
  createProjector,
  CompanyReader,
  ReadModels,
  readModelShapes,
  type PlanListName,
  type Projector,
} from '@tidemark/runtime';
import type { EventStore, ReadModelStore } from '@tidemark/streams';
import { writeNamed } from '@tidemark/wire';
import { company, type Company } from '../planned-company.js';

const folders: string[] = [];
const clock = { now: () => 1_700_000_000_000 };

/** A file of read models that is gone after `removeReadModels`. */
export function newReadModels(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-models-'));
  folders.push(folder);
  return join(folder, 'read-models.sqlite');
}

export function removeReadModels(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A projector on a log, and what it failed with. */
export class Projected {
  readonly models: ReadModelStore;
  readonly projector: Projector;
  readonly failures: unknown[] = [];

  constructor(store: EventStore, path = newReadModels()) {
    this.models = openReadModelStore(path, readModelShapes);
    this.projector = createProjector({ store, models: this.models, clock });
  }

  async start(): Promise<this> {
    await this.projector.start((failure) => this.failures.push(failure));
    return this;
  }

  get reading(): ReadModels {
    return new ReadModels({ store: this.models, bell: this.projector.bell });
  }

  reader(acme: Company): CompanyReader {
    const desk = createPlannerDesk(acme.planner, acme.store);
    return new CompanyReader({ company, models: this.reading, desk });
  }

  async stop(): Promise<void> {
    await this.projector.stop();
    await this.models.close();
  }
}

export const lineLists = ['orders', 'requirements', 'coverage', 'messages'] as const;

/** All rows of a plan's list, without what the reader adds. */
export async function shownRows(
  reader: CompanyReader,
  plan: string,
  list: PlanListName,
  minPosition: string,
): Promise<{
  readonly rows: readonly string[];
  readonly total: number;
  readonly revision: number;
}> {
  const found = await reader.plan({ plan, list, minPosition }, async (moment) => ({
    ...(await moment.page(list, { limit: 5_000 })),
    ...moment.stand,
  }));
  if (!found.ok) throw new Error(found.failure.message);
  const { items, total, revision } = found.value;
  const rows = items.map(({ accumulated: _, ...row }) => textOf(row)).toSorted();
  return { rows, total, revision };
}

/** The rows of a plan's list as the planner has them. */
export function plannedRows(view: PlanView, list: (typeof lineLists)[number]): readonly string[] {
  const rows = view.rowsOf().flatMap((node): NodeRows[typeof list][number][] => [...node[list]]);
  return rows.map((row) => textOf(writeNamed(row))).toSorted();
}

/** One text per row, whatever the order of its keys. */
export function textOf(row: unknown): string {
  return JSON.stringify(row, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)),
        )
      : value,
  );
}
