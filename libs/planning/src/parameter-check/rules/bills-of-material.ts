import { compareText, productDimensionNames, type Dimensions } from '@tidemark/kernel';
import type { BillOfMaterial } from '@tidemark/master-data';
import type { MasterDataIndex } from '../../world/master-data-index.js';
import { FindingsBook } from '../../engine/findings.js';
import type { PlanRead } from '../plan-read.js';
import type { Suspicion } from '../suspicion.js';
import { remedyFor } from './bom-remedies.js';

/** PC-16: variants that cannot be told apart, items on a circle, versions with equal keys. */
export function* billsOfMaterial(read: PlanRead): Generator<Suspicion> {
  const blank = new Set<string>();
  for (const bom of read.master.boms()) {
    for (const [at, line] of bom.lines.entries()) {
      if (line.item !== bom.item) continue;
      const name = oneSided(bom.dimensions, line.dimensions);
      if (name === undefined) continue;
      blank.add(bom.item);
      yield blankOnOneSide(read, bom, { at, name });
    }
  }
  const findings = new FindingsBook().of(read.state.world, read.state, 0);
  for (const finding of findings) {
    const { code, message, mentions } = finding;
    const [id = ''] = mentions;
    if (code === 'CIRCULAR_BOM' && mentions.every((item) => blank.has(item))) continue;
    const { proposal, change } = remedyFor(read, finding);
    yield {
      rule: 'PC-16',
      subject: { kind: 'item', id },
      message,
      values: { code, names: mentions.join(', ') },
      proposal,
      change,
    };
  }
}

type ProductDimensionName = (typeof productDimensionNames)[number];

/** The dimension that should tell two variants apart but is blank on one side (LV-2). */
function oneSided(parent: Dimensions, part: Dimensions): ProductDimensionName | undefined {
  const value = (of: Dimensions, name: ProductDimensionName): string => of[name] ?? '';
  const given = productDimensionNames.filter(
    (name) => value(parent, name) !== '' || value(part, name) !== '',
  );
  const differs = given.some(
    (name) =>
      value(parent, name) !== '' &&
      value(part, name) !== '' &&
      value(parent, name) !== value(part, name),
  );
  if (differs) return undefined;
  return given.find((name) => value(parent, name) === '' || value(part, name) === '');
}

function blankOnOneSide(
  read: PlanRead,
  bom: BillOfMaterial,
  { at, name }: { readonly at: number; readonly name: ProductDimensionName },
): Suspicion {
  const parentValue = bom.dimensions[name] ?? '';
  const lineValue = bom.lines[at]?.dimensions[name] ?? '';
  const parentBlank = parentValue === '';
  const blankSide = parentBlank ? 'the bill of material' : 'its line';
  const given = parentValue || lineValue;
  const value = otherValue(read, bom.item, { name, given });
  return {
    rule: 'PC-16',
    subject: { kind: 'item', id: bom.item },
    message: `A variant is made of the same item, but ${name} is blank on ${blankSide}.`,
    values: {
      billOfMaterial: bom.id,
      line: at + 1,
      dimension: name,
      parent: parentValue || 'blank',
      component: lineValue || 'blank',
    },
    proposal: `a ${name} on ${blankSide} that is not ${given} (the effect is that of ${value})`,
    change: {
      boms: [withValue(bom, parentBlank ? undefined : at, { [name]: value })],
      movesLevels: true,
    },
  };
}

/** The dimension on the version itself, or on one of its lines. */
function withValue(bom: BillOfMaterial, at: number | undefined, value: Dimensions): BillOfMaterial {
  if (at === undefined) return { ...bom, dimensions: { ...bom.dimensions, ...value } };
  const lines = bom.lines.map((line, place) =>
    place === at ? { ...line, dimensions: { ...line.dimensions, ...value } } : line,
  );
  return { ...bom, lines };
}

/** The first value that variants of the item have and this one has not; else one that none has. */
function otherValue(
  { master, state }: PlanRead,
  item: string,
  { name, given }: { readonly name: ProductDimensionName; readonly given: string },
): string {
  const known = [
    ...(state.nodesOfItem.get(item) ?? []).map(({ dimensions }) => dimensions),
    ...dimensionsInBoms(master, item),
  ];
  const values = known.map((dimensions) => dimensions[name] ?? '');
  const others = values.filter((value) => value !== '' && value !== given).sort(compareText);
  return others[0] ?? `not ${given}`;
}

function* dimensionsInBoms(master: MasterDataIndex, item: string): Generator<Dimensions> {
  for (const bom of master.bomsOf(item)) yield bom.dimensions;
  for (const bom of master.usersOf(item)) {
    for (const line of bom.lines) if (line.item === item) yield line.dimensions;
  }
}
