import type { MasterDataIndex } from '../world/master-data-index.js';

/**
 * Items whose orders are exploded into lines of this one: what a change of its decimals or
 * dimensions bears on (BM-2, BM-5).
 */
export function itemsExplodedInto(master: MasterDataIndex, item: string): ReadonlySet<string> {
  const users = new Set<string>();
  for (const bom of master.usersOf(item)) users.add(bom.item);
  return withPhantomUsers(master, users);
}

/** Items that these are phantoms of, through all levels: their lines stand in those BOMs (BM-6). */
export function phantomUsersOf(master: MasterDataIndex, item: string): ReadonlySet<string> {
  const users = withPhantomUsers(master, new Set([item]));
  users.delete(item);
  return users;
}

function withPhantomUsers(master: MasterDataIndex, items: Set<string>): Set<string> {
  // A set hands out what is added while it is gone through.
  for (const item of items) {
    for (const bom of master.usersOf(item)) {
      const asPhantom = bom.lines.some((line) => line.item === item && line.type === 'phantom');
      if (asPhantom) items.add(bom.item);
    }
  }
  return items;
}
