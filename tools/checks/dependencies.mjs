// A package that a room declares and no source of it imports is weight without use: it is named.
import { importsOf, packageNameOf } from './boundaries.mjs';

export const name = 'dependencies';

/** Packages that another one asks for beside itself, and imports in our stead. */
const askedForBy = {
  'reflect-metadata': '@nestjs/core',
  rxjs: '@nestjs/core',
  'class-transformer': 'class-validator',
};

export function check(workspace) {
  return workspace.rooms.flatMap((room) => {
    const used = importedBy(workspace, room);
    const declared = Object.keys(room.manifest.dependencies ?? {});
    return declared
      .filter((one) => !used.has(one) && !declared.includes(askedForBy[one]))
      .map((one) => `${room.dir}/package.json: nothing in the room imports "${one}"`);
  });
}

function importedBy(workspace, room) {
  const own = workspace.sources.filter((path) => path.startsWith(`${room.dir}/src/`));
  const specifiers = own
    .flatMap((path) => [...importsOf(workspace.treeOf(path))])
    .map(({ specifier }) => specifier)
    .filter((specifier) => specifier !== undefined);
  return new Set(specifiers.map(packageNameOf));
}
