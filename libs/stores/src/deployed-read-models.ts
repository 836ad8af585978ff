import { openPostgresReadModels } from '@tidemark/postgres';
import type { ReadModelShape, ReadModelStore } from '@tidemark/streams';

/**
 * Opens the read models of a deployment: a PostgreSQL database.
 *
 * @throws PostgresRefused, Outage.
 */
export function openDeployedReadModels(
  url: string,
  shapes: readonly ReadModelShape[],
): Promise<ReadModelStore> {
  return openPostgresReadModels({ url }, shapes);
}
