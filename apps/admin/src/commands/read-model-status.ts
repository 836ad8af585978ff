import type { OpenLog } from '@tidemark/stores';
import { ReadModels, readModelShapes } from '@tidemark/runtime';
import { logBatches, ReadModelNotReady, type Position } from '@tidemark/streams';

/** How far a read model of a folder has come. */
export interface ReadModelStatus {
  readonly model: string;
  readonly version: number;
  /** Absent: it is not built yet. */
  readonly through?: Position;
  /** Events of the log that it has not folded. */
  readonly behind: number;
}

/** The read models of a folder; none if no server has made them yet. */
export async function readModelStatus(
  { events: store, readModels: file }: OpenLog,
  total: number,
): Promise<readonly ReadModelStatus[]> {
  if (file?.isThere() !== true) return [];
  const models = file.open(readModelShapes);
  const reading = new ReadModels({ store: models });
  const behindOf = new Map<Position, number>();
  const behind = async (through: Position): Promise<number> => {
    const known = behindOf.get(through);
    if (known !== undefined) return known;
    let events = 0;
    for await (const batch of logBatches(store, { after: through })) events += batch.events.length;
    behindOf.set(through, events);
    return events;
  };
  try {
    const told: ReadModelStatus[] = [];
    for (const shape of readModelShapes) {
      const { name: model, version } = shape;
      const through = await reading.through(shape).catch((failure: unknown) => {
        if (failure instanceof ReadModelNotReady) return undefined;
        throw failure;
      });
      if (through === undefined) told.push({ model, version, behind: total });
      else told.push({ model, version, through, behind: await behind(through) });
    }
    return told;
  } finally {
    await models.close();
  }
}
