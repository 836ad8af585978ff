import { productDimensionNames, type Dimensions } from '@tidemark/kernel';
import type { BillOfMaterial } from '@tidemark/master-data';
import { FindingsBook } from '../../engine/findings.js';
import type { PlanRead } from '../plan-read.js';
import type { Suspicion } from '../suspicion.js';

/** PC-16: variants that cannot be told apart, items on a circle, versions with equal keys. */
export function* billsOfMaterial(read: PlanRead): Generator<Suspicion> {
  const blank = new Set<string>();
  for (const bom of read.master.boms()) {
    for (const [at, line] of bom.lines.entries()) {
      if (line.item !== bom.item) continue;
      const name = oneSided(bom.dimensions, line.dimensions);
      if (name === undefined) continue;
      blank.add(bom.item);
      yield blankOnOneSide(bom, at, { name, line: line.dimensions });
    }
  }
  for (const { code, message, mentions, remedy } of new FindingsBook().of(
    read.state.world,
    read.state,
    0,
  )) {
    const [id = ''] = mentions;
    if (code === 'CIRCULAR_BOM' && mentions.every((item) => blank.has(item))) continue;
    yield {
      rule: 'PC-16',
      subject: { kind: 'item', id },
      message,
      values: { code, names: mentions.join(', ') },
      proposal: remedy ?? '',
      change: undefined,
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
  { id, item, dimensions }: BillOfMaterial,
  at: number,
  { name, line }: { readonly name: ProductDimensionName; readonly line: Dimensions },
): Suspicion {
  const parentValue = dimensions[name] ?? '';
  const lineValue = line[name] ?? '';
  const blankSide = parentValue === '' ? 'the bill of material' : 'its line';
  return {
    rule: 'PC-16',
    subject: { kind: 'item', id: item },
    message: `A variant is made of the same item, but ${name} is blank on ${blankSide}.`,
    values: {
      billOfMaterial: id,
      line: at + 1,
      dimension: name,
      parent: parentValue || 'blank',
      component: lineValue || 'blank',
    },
    proposal: `a ${name} on ${blankSide} that is not ${parentValue || lineValue}`,
    change: undefined,
  };
}
