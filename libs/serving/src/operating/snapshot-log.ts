import { programNumber, type SnapshotNews, type SnapshotOptions } from '@tidemark/runtime';
import type { SnapshotStore } from '@tidemark/streams';
import type { Logger } from './log.js';

interface SnapshotSettings {
  readonly store: SnapshotStore;
  /** Events between two snapshots of a state, at least. */
  readonly everyEvents: number;
  readonly log: Logger;
}

/** Snapshots of this installation; what becomes of each is told in the log. */
export function snapshotsOf({ store, everyEvents, log }: SnapshotSettings): SnapshotOptions {
  return { store, everyEvents, program: programNumber(), onNews: (news) => tell(log, news) };
}

function tell(log: Logger, { kind, ...news }: SnapshotNews): void {
  switch (kind) {
    case 'ignored':
      return log.warn(news, 'A snapshot was left aside');
    case 'taken':
      return log.info(news, 'A snapshot was taken');
    case 'folded':
      return log.info(news, 'The log was folded');
    case 'notTaken':
      return log.error(
        { ...news, err: 'failure' in news ? news.failure : undefined },
        'A snapshot could not be taken; the earlier ones stay',
      );
  }
}
