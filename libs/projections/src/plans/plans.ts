import { headChanges, headsTable } from '../heads.js';
import { planColumns } from '../nodes.js';
import type { ProjectedEvent } from '../projected-event.js';
import type { Projection } from '../projection.js';
import type { RowChange } from '../tables.js';

/** The plans of each company: every definition of those that are there, the choice, the day. */
export const plans: Projection = {
  shape: {
    name: 'plans',
    version: 1,
    tables: [
      {
        name: 'definitions',
        columns: { ...planColumns, position: 'text', kind: 'text', definition: 'text' },
        key: ['company', 'position'],
      },
      {
        name: 'chosen',
        columns: { company: 'text', kind: 'text', plan: 'text' },
        key: ['company', 'kind'],
      },
      { name: 'days', columns: { company: 'text', day: 'integer' }, key: ['company'] },
      headsTable,
    ],
  },
  *fold(event) {
    yield* headChanges(event);
    if (event.kind === 'input') yield* foldInput(event);
  },
};

function* foldInput({
  company,
  position,
  input,
}: ProjectedEvent & { readonly kind: 'input' }): Generator<RowChange, void, void> {
  if (input.kind === 'day') yield { table: 'days', put: { company, day: input.day } };
  if (input.kind === 'planDefined') {
    const { id: plan, kind } = input.plan;
    const definition = JSON.stringify(input.plan);
    yield { table: 'definitions', put: { company, position, plan, kind, definition } };
  }
  if (input.kind === 'planDeleted') {
    yield { table: 'definitions', remove: { company, plan: input.plan } };
  }
  if (input.kind !== 'currentPlans') return;
  for (const [kind, plan] of Object.entries({ dynamic: input.dynamic, static: input.static })) {
    if (plan !== undefined) yield { table: 'chosen', put: { company, kind, plan } };
  }
}
