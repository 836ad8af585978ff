import type { Change, NodeDifference } from '@tidemark/planning';
import { countLines, headChanges, headsTable } from './heads.js';
import { nodeCells } from './nodes.js';
import type { ProjectedEvent } from './projected-event.js';
import type { Projection } from './projection.js';
import type { Row, RowChange, TableShape } from './tables.js';

/** A read model of one kind of plan line: a row a line, and the head of each plan. */
export interface LineModel<Line> {
  readonly name: string;
  readonly version: number;
  readonly table: TableShape;
  /** Further tables that hold some of the lines in another way. */
  readonly furtherTables?: readonly TableShape[];
  changesOf(node: NodeDifference): readonly Change<Line>[];
  /** The cells that tell a line from the others of its node. */
  keyOf(line: Line): Row;
  /** All cells of a line but those of its node. */
  cellsOf(line: Line): Row;
  furtherChanges?(change: Change<Line>, node: Row): Iterable<RowChange>;
}

export function lineProjection<Line>(model: LineModel<Line>): Projection {
  const { name, version, table, furtherTables = [] } = model;
  return {
    shape: { name, version, tables: [table, ...furtherTables, headsTable] },
    *fold(event) {
      yield* headChanges(event);
      if (event.kind === 'nodes') yield* foldNodes(model, event);
    },
  };
}

function* foldNodes<Line>(
  model: LineModel<Line>,
  event: ProjectedEvent & { readonly kind: 'nodes' },
): Generator<RowChange, void, void> {
  const table = model.table.name;
  let lines = 0;
  for (const difference of event.nodes) {
    const node = nodeCells(event, difference);
    for (const change of model.changesOf(difference)) {
      const { before, after } = change;
      if (before === undefined) lines += 1;
      if (after === undefined) lines -= 1;
      if (after !== undefined) yield { table, put: { ...node, ...model.cellsOf(after) } };
      else if (before !== undefined) {
        yield { table, remove: { ...node, ...model.keyOf(before) } };
      }
      if (model.furtherChanges !== undefined) yield* model.furtherChanges(change, node);
    }
  }
  if (lines !== 0) yield countLines(event, lines);
}
