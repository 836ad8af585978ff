import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppProcess } from './app-process.js';

export { buildService, NoAnswer, type Answer, type Json } from './app-process.js';

/** So few that snapshots are taken, and broken off, all the time. */
const snapshotEvents = 30;

const folders: string[] = [];

/** A folder for a data folder; `removeFolders` takes it away. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-restart-'));
  folders.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** The whole system in a process of its own, as `npm start` runs it. */
export class Service extends AppProcess {
  constructor(dataFolder: string) {
    super({
      app: 'standalone',
      environment: {
        TIDEMARK_DATA: dataFolder,
        TIDEMARK_EXAMPLE: 'none',
        TIDEMARK_SNAPSHOT_EVENTS: String(snapshotEvents),
      },
      up: /Tidemark is up: open (http:\S+)\//,
    });
  }
}
