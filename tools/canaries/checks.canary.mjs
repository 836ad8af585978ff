import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { checks } from '../checks/all.mjs';
import { openWorkspace } from '../checks/workspace.mjs';
import { rootDir } from '../project-node.mjs';
import { listRooms } from '../rooms.mjs';

const scratchDirs = [];
after(() => scratchDirs.forEach((dir) => rmSync(dir, { recursive: true, force: true })));

/** A copy of the house without its sources, holding only what is planted. */
function plant(files) {
  const root = mkdtempSync(join(tmpdir(), 'tidemark-canary-'));
  scratchDirs.push(root);
  for (const { dir } of listRooms()) {
    mkdirSync(join(root, dir, 'src'), { recursive: true });
    cpSync(join(rootDir, dir, 'package.json'), join(root, dir, 'package.json'));
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return openWorkspace(root);
}

/** Looked up among the checks lint runs: one that is taken out of the list is missed here. */
function findingsOf(name, files) {
  const found = checks.find((one) => one.name === name);
  assert.ok(found, `the check "${name}" is not among those that lint runs`);
  return found.check(plant(files));
}

function bites(name, path, text, pattern) {
  const findings = findingsOf(name, { [path]: text });
  assert.ok(
    findings.some((finding) => finding.includes(path) && pattern.test(finding)),
    `${name} let this pass in ${path}: ${text}\nfindings: ${findings.join('\n')}`,
  );
}

function keepsQuiet(name, path, text) {
  assert.deepEqual(findingsOf(name, { [path]: text }), [], `${name} refused ${text} in ${path}`);
}

describe('the boundary check', () => {
  const refused = [
    ['libs/kernel/src/a.ts', "import '@tidemark/inventory';"],
    ['libs/inventory/src/a.ts', "export * from '@tidemark/journal';"],
    ['libs/master-data/src/a.ts', "import type { Plan } from '@tidemark/planning';"],
    ['libs/planning/src/a.ts', "import '@tidemark/streams';"],
    ['libs/planning/src/a.ts', "import '@tidemark/wire';"],
    ['libs/planning/src/a.ts', "type Plan = import('@tidemark/projections').Plan;"],
    ['libs/streams/src/a.ts', "import '@tidemark/planning';"],
    ['libs/adapters/embedded/src/a.ts', "import '@tidemark/planning';"],
    ['libs/adapters/embedded/src/a.ts', "import '@tidemark/memory';"],
    ['libs/wire/src/a.ts', "import '@tidemark/runtime';"],
    ['libs/runtime/src/a.ts', "await import('@tidemark/embedded');"],
    ['libs/runtime/src/a.ts', "import '@tidemark/testkit';"],
    ['libs/testkit/src/a.ts', "import '@tidemark/runtime';"],
    ['libs/runtime/src/a.ts', "import '@tidemark/serving';"],
    ['libs/serving/src/a.ts', "import '@tidemark/embedded';"],
    ['apps/admin/src/a.ts', "import '@tidemark/standalone';"],
    ['libs/planning/src/a.ts', "import '@tidemark/planning';"],
  ];
  for (const [path, text] of refused) {
    it(`refuses ${text} in ${path}`, () =>
      bites('boundaries', path, text, /may not import|this very room/));
  }

  it('refuses a relative import that leaves the room, and one without an ending', () => {
    bites('boundaries', 'libs/journal/src/a.ts', "import '../../kernel/src/b.js';", /leaves/);
    bites('boundaries', 'libs/journal/src/a.ts', "import './b';", /ending/);
  });

  it('refuses packages where they do not belong', () => {
    bites('boundaries', 'libs/planning/src/a.ts', "import 'node:crypto';", /pure room/);
    bites('boundaries', 'libs/planning/src/a.ts', "import fs = require('fs');", /pure room/);
    bites('boundaries', 'libs/planning/src/a.ts', "import 'rxjs';", /pure room/);
    bites('boundaries', 'libs/runtime/src/a.ts', "import '@nestjs/common';", /does not belong/);
    bites('boundaries', 'apps/admin/src/a.ts', "import '@nestjs/common';", /does not belong/);
    bites('boundaries', 'libs/runtime/src/a.ts', "import 'kysely';", /does not belong/);
    bites('boundaries', 'libs/runtime/src/a.ts', "import 'node:sqlite';", /does not belong/);
    bites('boundaries', 'libs/runtime/src/a.ts', "import 'fastify';", /not declared/);
  });

  it('refuses a room that has no line in the house', () => {
    const manifest = JSON.stringify({ name: '@tidemark/attic' });
    const findings = findingsOf('boundaries', { 'libs/attic/package.json': manifest });
    assert.match(findings.join(), /libs\/attic: the room "attic" has no line/);
  });

  it('lets the arrows of the house pass', () => {
    keepsQuiet('boundaries', 'libs/planning/src/a.ts', "import '@tidemark/master-data';");
    keepsQuiet('boundaries', 'libs/kernel/src/a.spec.ts', "import '@tidemark/testkit';");
    keepsQuiet('boundaries', 'apps/standalone/src/a.ts', "import '@tidemark/embedded';");
    keepsQuiet('boundaries', 'apps/standalone/src/a.ts', "import '@tidemark/serving';");
  });
});

describe('the dependency check', () => {
  const manifest = (name, dependencies) =>
    JSON.stringify({ name: `@tidemark/${name}`, dependencies });

  it('refuses a package that no source of its room imports', () => {
    const kept = {
      'libs/wire/package.json': manifest('wire', { croner: '1.0.0', yaml: '1.0.0' }),
      'libs/wire/src/a.ts': "import { Cron } from 'croner';",
    };
    const found = findingsOf('dependencies', kept).filter((one) => one.startsWith('libs/wire/'));
    assert.equal(found.length, 1);
    assert.match(found[0], /nothing in the room imports "yaml"/);
  });

  it('lets what an imported package asks for pass, and nothing else', () => {
    const asked = (dependencies) =>
      findingsOf('dependencies', {
        'libs/serving/package.json': manifest('serving', dependencies),
        'libs/serving/src/a.ts': "import '@nestjs/core';",
      }).filter((one) => one.startsWith('libs/serving/'));
    assert.deepEqual(asked({ '@nestjs/core': '1.0.0', rxjs: '1.0.0' }), []);
    assert.match(asked({ rxjs: '1.0.0' }).join(), /imports "rxjs"/);
  });
});

describe('the size check', () => {
  const path = 'libs/planning/src/a.ts';
  const lines = (count) => '// A line.\n'.repeat(count);
  const statements = (count) => '  count += 1;\n'.repeat(count);
  const baselinePath = 'tools/checks/size-baseline.json';

  it('refuses a file over 300 lines, a function over 70, a line over 100 columns', () => {
    bites('size', path, lines(301), /301, at most 300/);
    bites('size', path, `function f() {\n${statements(69)}}\n`, /f: 71, at most 70/);
    bites('size', path, `const f = () => {\n${statements(69)}};\n`, /f: 71, at most 70/);
    bites('size', path, `// ${'x'.repeat(98)}\n`, /100 columns/);
  });

  it('lets a giant of the baseline shrink, and never grow', () => {
    const giant = (count, cap) => ({
      [path]: lines(count),
      [baselinePath]: JSON.stringify({ [`file ${path}`]: cap }),
    });
    assert.deepEqual(findingsOf('size', giant(320, 320)), []);
    assert.match(findingsOf('size', giant(321, 320)).join(), /321, at most 320/);
    assert.match(findingsOf('size', giant(310, 320)).join(), /has shrunk/);
  });

  it('lets what is within the caps pass, and suites of any length', () => {
    keepsQuiet('size', path, lines(300));
    keepsQuiet('size', path, `function f() {\n${statements(68)}}\n`);
    keepsQuiet('size', 'libs/planning/src/a.spec.ts', `describe('x', () => {\n${lines(90)}});\n`);
  });
});

describe('the names check', () => {
  const path = 'libs/planning/src/a.ts';

  it('refuses files and declarations whose names say nothing', () => {
    bites('names', 'libs/planning/src/utils.ts', 'export {};', /does not say/);
    bites('names', 'libs/planning/src/date-helper.ts', 'export {};', /does not say/);
    bites('names', 'libs/planning/src/plan-info/a.ts', 'export class PlanHelper {}', /PlanHelper/);
    bites('names', path, 'export type OrderInfo = string;', /OrderInfo/);
    bites('names', path, 'export const infoList = [];', /infoList/);
    bites('names', path, 'export const qty2 = 1;', /qty2/);
    bites('names', path, 'export function f(maxLT: number) {}', /maxLT/);
  });

  it('lets full words pass, and members that follow a foreign interface', () => {
    keepsQuiet('names', path, 'export interface Log { info(text: string): void }');
    keepsQuiet('names', path, 'export const leadTimeDaysMax = 1;');
  });
});

describe('the kinds check', () => {
  const path = 'libs/planning/src/coverage.ts';

  it('refuses asking for a coverage code outside its folder', () => {
    bites('kinds', path, "if (code === 'period') f();", /'period'/);
    bites('kinds', path, "if ('minMax' !== code) f();", /'minMax'/);
    bites('kinds', path, "switch (code) { case 'decouplingPoint': f(); }", /'decouplingPoint'/);
    bites('kinds', 'apps/admin/src/a.ts', "if (code === 'manual') f();", /'manual'/);
  });

  it('lets the owner ask, and everybody name', () => {
    keepsQuiet('kinds', 'libs/planning/src/coverage-codes/a.ts', "if (code === 'period') f();");
    keepsQuiet('kinds', path, "const standard: CoverageCode = 'requirement';");
    keepsQuiet('kinds', 'libs/planning/src/a.spec.ts', "if (code === 'period') f();");
  });
});

describe('the comments check', () => {
  const path = 'libs/runtime/src/a.ts';
  const later = 'TO' + 'DO';
  const off = 'eslint-' + 'disable-next-line';

  it('refuses work left over without an issue and rules off without a reason', () => {
    bites('comments', path, `// ${later}: later`, /needs its issue/);
    bites('comments', path, `/* FIX${'ME'} */`, /needs its issue/);
    bites('comments', path, `// ${off} no-console`, /needs a reason/);
    bites('comments', path, '// @ts-' + 'ignore', /never ignored/);
    bites('comments', path, '// @ts-expect-' + 'error', /needs a reason/);
  });

  it('refuses a skipped test', () => {
    bites('comments', 'libs/runtime/src/a.spec.ts', "  it.skip('x', () => {});", /skipped/);
    bites('comments', 'test/a.spec.ts', "describe.only('x', () => {});", /alone/);
  });

  it('lets them pass with issue and reason', () => {
    keepsQuiet('comments', path, `// ${later}(#12): later`);
    keepsQuiet('comments', path, `// ${off} no-control-regex -- control characters are refused`);
  });
});
