import { noDimensions, planDayOf, type Dimensions } from '@tidemark/kernel';
import type { CoverageSettings } from '@tidemark/master-data';
import type {
  ParameterFinding,
  ParameterRuleId,
  PlanDefinition,
  PlanningInput,
} from '@tidemark/planning';
import {
  bom,
  check,
  dynamic,
  engineOf,
  group,
  item,
  minimum,
  pieces,
  planned,
  purchase,
  sales,
  salesOf,
  today,
} from './worlds.js';

/** The example of PN-2: redundant orders for a receipt that comes three days late. */
const redundant = (negativeDays: number): PlanningInput[] => [
  planned('A', { negativeDays }),
  ...sales('A', 4),
  purchase('A', 7),
];
/** Always found (PC-7), so that any world tells its present figures. */
const witness = [planned('Z', { coverageFence: 1, positiveDays: 50, negativeDays: 6 })];
const witnessed = [...witness, ...sales('Z', 1)];

interface EffectCase {
  readonly rule: ParameterRuleId;
  readonly present: readonly PlanningInput[];
  readonly proposed: readonly PlanningInput[];
  readonly at?: ParameterFinding['subject'];
  readonly planProposed?: Partial<PlanDefinition>;
}

const structure = [bom('A', ['B', 'C']), bom('B', ['C'])];
const demand = [
  ...sales('A', 1, 9, 12, 30, 31),
  ...sales('B', 4),
  purchase('A', 5, 4),
  purchase('C', 3, 2),
];
const tooSmall: CoverageSettings = { code: 'minMax', minimum };
const whole = { decimals: 0 };
const lower = [item('C', { leadTime: 4 }), ...structure, ...demand];

const shirt = item('A', { productDimensions: ['color'] });
const green = { color: 'green' };
const white = { color: 'white' };
const shirts = [shirt, ...salesOf('A', green, 5, 9), ...salesOf('A', white, 7), item('C')];
const dyed = (line: Dimensions) => {
  const { bom: version } = bom('A', ['C', 'A'], { dimensions: green });
  const lines = version.lines.map((one) => (one.item === 'A' ? { ...one, dimensions: line } : one));
  return { kind: 'billOfMaterial', bom: { ...version, lines } } as const;
};

/** A is sold; the line of C that goes back to A is one too many. */
const circle = [item('A'), item('B'), item('C'), ...sales('A', 8, 20), ...sales('B', 12)];
const forward = [bom('A', ['B', 'C']), bom('B', ['C'])];

const versions = [item('A'), item('B'), item('C', { leadTime: 30 }), ...sales('A', 8, 20)];
const next = bom('A', ['C'], { id: 'NEXT' });

const warehouse = (name: string): Dimensions => ({ warehouse: name });
const refilled = (...refills: readonly (readonly [string, string])[]) => [
  item('A', {
    coverageDimensions: ['warehouse'],
    coverageByDimension: refills.map(([to, refillFrom]) => ({
      for: warehouse(to),
      refillFrom,
      settings: {},
    })),
  }),
  ...salesOf('A', warehouse('W1'), 3, 9),
  ...salesOf('A', warehouse('W2'), 5),
];
const mondays = { workingDays: ['mon'], holidays: [] } as const;
const hardlyOpen = [
  { kind: 'calendar', calendar: { id: 'M', ...mondays } },
  group('G', { coverageCalendar: 'M' }),
  ...sales('A', 3, 40),
] as const;

const effects: readonly EffectCase[] = [
  { rule: 'PC-1', present: redundant(2), proposed: redundant(6), at: { kind: 'item', id: 'A' } },
  {
    rule: 'PC-1',
    present: redundant(2),
    proposed: redundant(2),
    at: { kind: 'plan', id: 'P' },
    planProposed: dynamic,
  },
  {
    rule: 'PC-3',
    present: [planned('A', { positiveDays: 0 }), item('B'), ...lower],
    proposed: [planned('A', { positiveDays: 6 }), item('B'), ...lower],
  },
  {
    rule: 'PC-14',
    present: [item('A'), planned('B', { ...tooSmall, maximum: pieces(5) }, whole), ...lower],
    proposed: [item('A'), planned('B', { ...tooSmall, maximum: pieces(6) }, whole), ...lower],
  },
  {
    rule: 'PC-3',
    present: [
      group('G', { positiveDays: 0 }),
      item('A', { coverageGroup: 'G' }),
      item('B', { coverageGroup: 'G' }),
      ...lower,
    ],
    proposed: [
      group('G', { positiveDays: 6 }),
      item('A', { coverageGroup: 'G' }),
      item('B', { coverageGroup: 'G' }),
      ...lower,
    ],
  },
  {
    rule: 'PC-17',
    present: [item('A', { leadTime: 0 }), item('B'), ...lower],
    proposed: [item('A'), item('B'), ...lower],
  },
  {
    rule: 'PC-17',
    present: [item('A', { coverageGroup: 'G' }), ...hardlyOpen],
    proposed: [item('A', { coverageGroup: 'G', leadTimeCalendar: 'unknown' }), ...hardlyOpen],
  },
  {
    rule: 'PC-16',
    present: [...shirts, dyed(noDimensions)],
    proposed: [...shirts, dyed(white)],
  },
  {
    rule: 'PC-16',
    present: [...circle, ...forward, bom('C', ['A', 'D'])],
    proposed: [...circle, ...forward, bom('C', ['D'])],
  },
  {
    rule: 'PC-16',
    present: [...versions, bom('A', ['B']), next],
    proposed: [...versions, bom('A', ['B'], { validTo: planDayOf(today - 1) }), next],
  },
  {
    rule: 'PC-16',
    present: refilled(['W1', 'W2'], ['W2', 'W3'], ['W3', 'W1']),
    proposed: refilled(['W1', 'W2'], ['W2', 'W3']),
  },
];

describe('the effect of a proposal', () => {
  const figuresOf = (inputs: readonly PlanningInput[], plan?: Partial<PlanDefinition>) => {
    const witnesses = check('PC-7', [...witnessed, ...inputs], plan);
    const effect = witnesses.find(({ subject }) => subject.id === 'Z')?.effect;
    if (effect?.kind !== 'computed') throw new Error('The witness has its effect.');
    return effect.present;
  };

  it.each(effects.map((one) => [one.rule, one] as const))(
    '%s: equals a plan that was given the proposal from the beginning',
    (rule, { present, proposed, at, planProposed }) => {
      const found = check(rule, [...witnessed, ...present]);
      const finding =
        at === undefined ? found[0] : found.find(({ subject }) => subject.kind === at.kind);
      const before = figuresOf(present);
      const after = figuresOf(proposed, planProposed);
      expect(finding?.effect).toEqual({ kind: 'computed', present: before, proposed: after });
      expect(after).not.toEqual(before);
    },
  );

  it('shows the redundant order of short negative days, and the days they save (PN-2)', () => {
    const [, finding] = check('PC-1', redundant(2));
    expect(finding?.effect).toMatchObject({
      present: { orders: 1, delayDays: 2 },
      proposed: { orders: 0, delayDays: 3 },
    });
  });

  it('leaves the plan as it was', () => {
    const inputs = [planned('A', { positiveDays: 0 }), item('B'), ...lower];
    const engine = engineOf(inputs);
    const before = engine.view('P')?.rowsOf();
    const first = engine.checkParameters('P');
    expect(engine.view('P')?.rowsOf()).toEqual(before);
    expect(engine.follow('P')).toBeUndefined();
    expect(engine.checkParameters('P')).toEqual(first);
  });

  it('judges a plan that waits for its run by all that was put in', () => {
    const inputs = [...witnessed, planned('A', { positiveDays: 0 }), item('B'), ...lower];
    const waiting = check('PC-3', inputs, { continuity: 'onRequest' });
    expect(waiting).toEqual(check('PC-3', inputs));
  });

  it('is computed for so many findings, and the others say that it is not', () => {
    const many = Array.from({ length: 510 }, (_, at) => `I${at}`);
    const found = check(
      'PC-3',
      [
        ...many.map((id) => planned(id, { positiveDays: 0, coverageFence: 20 })),
        ...many.flatMap((id) => sales(id, 3)),
      ],
      dynamic,
    );
    const kinds = found.map(({ effect }) => effect.kind);
    expect(kinds.filter((kind) => kind === 'computed')).toHaveLength(500);
    expect(found.slice(500).map(({ effect }) => effect)).toEqual(
      Array.from({ length: 10 }, () => ({ kind: 'notComputed', because: 'limit' })),
    );
  });
});
