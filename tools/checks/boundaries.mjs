// Reads every import of every source and compares it with the house. Needs no graph and no cache.
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';
import {
  isPackageAtHome,
  matches,
  mayImport,
  pureRoomPackages,
  pureRooms,
  specsMayImport,
} from './house.mjs';
import { lineOf, nodesOf } from './workspace.mjs';

export const name = 'boundaries';

export function check(workspace) {
  const unknown = workspace.rooms
    .filter((room) => mayImport[room.name] === undefined)
    .map((room) => `${room.dir}: the room "${room.name}" has no line in tools/checks/house.mjs`);
  const findings = workspace.sources
    .filter((path) => workspace.roomOf(path) !== undefined)
    .flatMap((path) => checkFile(workspace, path));
  return [...unknown, ...findings];
}

function checkFile(workspace, path) {
  const tree = workspace.treeOf(path);
  return [...importsOf(tree)].flatMap(({ node, specifier }) => {
    const refusal = refusalOf(workspace, path, specifier);
    return refusal === undefined ? [] : [`${path}:${lineOf(tree, node)}: ${refusal}`];
  });
}

/** Static imports, re-exports, dynamic imports, import types, require and its resolve. */
export function* importsOf(tree) {
  for (const node of nodesOf(tree)) {
    const literal = specifierOf(node);
    if (literal === undefined) continue;
    if (ts.isStringLiteralLike(literal)) yield { node, specifier: literal.text };
    else yield { node, specifier: undefined };
  }
}

function specifierOf(node) {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node)) return node.argument.literal;
  if (!ts.isCallExpression(node)) return undefined;
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = /^require(\.resolve)?$/.test(node.expression.getText());
  return isImport || isRequire ? node.arguments[0] : undefined;
}

function refusalOf(workspace, path, specifier) {
  const room = workspace.roomOf(path);
  const isSpec = path.endsWith('.spec.ts');
  if (specifier === undefined) {
    return pureRooms.includes(room.name) ? 'a pure room imports by literal names only' : undefined;
  }
  if (specifier.startsWith('.')) return refusalOfRelative(room, path, specifier);
  if (specifier.startsWith('@tidemark/')) return refusalOfRoom(room, specifier, isSpec);
  return refusalOfPackage(workspace, room, specifier, isSpec);
}

function refusalOfRelative(room, path, specifier) {
  const target = posix.join(posix.dirname(path), specifier);
  if (!target.startsWith(`${room.dir}/src/`)) {
    return `"${specifier}" leaves the room: import "@tidemark/…" instead`;
  }
  return /\.(js|json)$/.test(specifier) ? undefined : `"${specifier}" needs the ending .js`;
}

function refusalOfRoom(room, specifier, isSpec) {
  const target = specifier.split('/')[1];
  if (target === room.name) return `"${specifier}" is this very room: import relatively`;
  const allowed = [...(mayImport[room.name] ?? []), ...(isSpec ? specsMayImport : [])];
  if (allowed.includes(target)) return undefined;
  return `${room.name} may not import ${target} (it may import: ${allowed.join(', ') || 'none'})`;
}

function refusalOfPackage(workspace, room, specifier, isSpec) {
  const isBuiltin = specifier.startsWith('node:') || builtinModules.includes(specifier);
  const packageName = packageNameOf(specifier);
  if (!isSpec && pureRooms.includes(room.name)) {
    const allowed = pureRoomPackages[room.name] ?? [];
    if (!allowed.some((pattern) => matches(pattern, packageName))) {
      return `the pure room ${room.name} may not import "${specifier}"`;
    }
  }
  if (isBuiltin && !specifier.startsWith('node:')) return `write "node:${specifier}"`;
  if (!isSpec && !isPackageAtHome(isBuiltin ? specifier : packageName, room)) {
    return `"${specifier}" does not belong in ${room.name} (see packageHomes)`;
  }
  if (isBuiltin || isDeclared(room.manifest, packageName, isSpec)) return undefined;
  return `"${packageName}" is not declared in ${room.dir}/package.json`;
}

/** `@nestjs/common/x` and `pg/lib` are of the packages `@nestjs/common` and `pg`. */
export function packageNameOf(specifier) {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}

/** Specs may use what the repository tests with: fast-check and what their room develops with. */
function isDeclared(manifest, packageName, isSpec) {
  const { dependencies = {}, peerDependencies = {}, devDependencies = {} } = manifest;
  if (packageName in dependencies || packageName in peerDependencies) return true;
  return isSpec && (packageName in devDependencies || specPackages.includes(packageName));
}

const specPackages = ['fast-check', 'yaml', '@jest/globals', '@nestjs/testing'];
