import { readChanges } from '../http/change-reader.js';
import { company, plans } from './customers.js';
import type { Json, Service } from './service.js';

interface Listed {
  readonly revision: number;
  readonly tidemark: string;
  readonly items: readonly Json[];
  readonly cursor?: string;
}

export const lists = ['orders', 'requirements', 'coverage', 'messages', 'stock'] as const;
export type ListName = (typeof lists)[number];

/** All rows of a list of a plan that has folded what stands at the position. */
export async function rowsOf(
  service: Service,
  { plan, list }: { readonly plan: string; readonly list: ListName },
  minPosition: string,
): Promise<readonly Json[]> {
  const rows: Json[] = [];
  for (let cursor = ''; ;) {
    const more = cursor === '' ? '' : `&cursor=${cursor}`;
    const path = `${company}/plans/${plan}/${list}?limit=1000&minPosition=${minPosition}${more}`;
    const { status, body } = await service.call<Listed>(path);
    expect([path, status]).toEqual([path, 200]);
    rows.push(...body.items);
    if (body.cursor === undefined) return rows;
    ({ cursor } = body);
  }
}

/** Every row of every plan. */
export async function everything(service: Service, minPosition: string): Promise<Json> {
  const all: Record<string, unknown> = {};
  for (const plan of plans) {
    for (const list of lists) {
      all[`${plan} ${list}`] = await rowsOf(service, { plan, list }, minPosition);
    }
  }
  return all;
}

/** A reader of the changes of all plans who goes on where it was when the service died. */
export class ChangeFollower {
  readonly #last = new Map<string, number>();

  /** Reads what has come since; each revision once, none left out. */
  async readOn(service: Service): Promise<void> {
    const address = await service.address();
    for (const plan of plans) {
      const last = this.#last.get(plan) ?? 0;
      const { body } = await service.call<Listed>(`${company}/plans/${plan}/revisions?limit=1`);
      const { revision } = body;
      expect([plan, revision >= last]).toEqual([plan, true]);
      if (revision === last) continue;
      const path = `${address}${company}/plans/${plan}/changes?from=${last}`;
      const told = await readChanges(path, ({ id }) => (id ?? 0) >= revision);
      const numbers = told.map(({ id }) => id);
      const expected = Array.from({ length: revision - last }, (_, at) => last + 1 + at);
      expect([plan, numbers]).toEqual([plan, expected]);
      this.#last.set(plan, revision);
    }
  }

  get revisions(): number {
    return [...this.#last.values()].reduce((sum, last) => sum + last, 0);
  }
}
