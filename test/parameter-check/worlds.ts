import type { InventoryTransaction } from '@tidemark/inventory';
import {
  type Dimensions,
  noDimensions,
  noQuantity,
  planDayOf,
  quantityOf,
  unit,
} from '@tidemark/kernel';
import type { BillOfMaterial, CoverageSettings, Item } from '@tidemark/master-data';
import {
  createPlanningEngine,
  definePlan,
  type ParameterFinding,
  type ParameterRuleId,
  type PlanDefinition,
  type PlanningEngine,
  type PlanningInput,
} from '@tidemark/planning';

export const today = 20_000;
export const pieces = (count: number) => quantityOf(count * unit);

export function item(id: string, more: Partial<Item> = {}): PlanningInput {
  return {
    kind: 'item',
    item: {
      id,
      leadTime: 6,
      leadTimes: {},
      productDimensions: [],
      coverageDimensions: [],
      coverageByDimension: [],
      coverage: {},
      ...more,
    },
  };
}

export function planned(
  id: string,
  coverage: CoverageSettings,
  more: Partial<Item> = {},
): PlanningInput {
  return item(id, { coverage, ...more });
}

export function group(id: string, settings: CoverageSettings): PlanningInput {
  return { kind: 'coverageGroup', group: { id, settings } };
}

export function bom(of: string, parts: readonly string[], more: Partial<BillOfMaterial> = {}) {
  const lines = parts.map((part) => ({
    item: part,
    quantity: pieces(1),
    dimensions: noDimensions,
    scrapPercent: 0,
    scrapConstant: noQuantity,
    consumption: 'variable' as const,
    type: 'item' as const,
    flushing: 'finish' as const,
    leadTimeOffset: 0,
  }));
  const version: BillOfMaterial = {
    id: `BOM-${of}`,
    item: of,
    dimensions: noDimensions,
    fromQuantity: noQuantity,
    perSeries: pieces(1),
    lines,
    ...more,
  };
  return { kind: 'billOfMaterial', bom: version } as const;
}

let transactions = 0;

export function transaction(id: string, more: Partial<InventoryTransaction>): PlanningInput {
  const assert: InventoryTransaction = {
    company: 'acme',
    id: `T${(transactions += 1)}`,
    item: id,
    direction: 'issue',
    type: 'salesOrder',
    status: 'onOrder',
    quantity: pieces(1),
    date: planDayOf(today),
    dimensions: noDimensions,
    reservationMode: 'manual',
    hold: false,
    ...more,
  };
  const cause = { kind: 'transaction', source: 'test', id: assert.id, version: 1 } as const;
  const head = { company: 'acme', item: id, sequence: transactions, postings: [], cause };
  return { kind: 'entry', entry: { ...head, assert } };
}

/** Sales lines of one piece, so many days from today. */
export function sales(id: string, ...days: readonly number[]): PlanningInput[] {
  return days.map((day) => transaction(id, { date: planDayOf(today + day) }));
}

/** The same of one variant, or one place. */
export function salesOf(
  id: string,
  dimensions: Dimensions,
  ...days: readonly number[]
): PlanningInput[] {
  return days.map((day) => transaction(id, { dimensions, date: planDayOf(today + day) }));
}

export function purchase(id: string, day: number, count = 1): PlanningInput {
  return transaction(id, {
    direction: 'receipt',
    type: 'purchaseOrder',
    status: 'ordered',
    date: planDayOf(today + day),
    quantity: pieces(count),
  });
}

export function engineOf(
  inputs: readonly PlanningInput[],
  plan: Partial<PlanDefinition> = {},
): PlanningEngine {
  const engine = createPlanningEngine();
  const all: PlanningInput[] = [
    { kind: 'day', day: planDayOf(today) },
    { kind: 'planDefined', plan: definePlan('P', { continuity: 'exact', ...plan }) },
    ...inputs,
  ];
  for (const [at, input] of all.entries()) engine.apply(input, String(at + 1));
  engine.follow('P');
  return engine;
}

export function check(
  rule: ParameterRuleId,
  inputs: readonly PlanningInput[],
  plan: Partial<PlanDefinition> = {},
): ParameterFinding[] {
  return engineOf(inputs, plan)
    .checkParameters('P')
    .filter((finding) => finding.rule === rule);
}

export const dynamic = { dynamicNegativeDays: true };
export const minimum = pieces(5);

/** Approves the first planned order of an item, as a planner would. */
export function approveFirst(engine: PlanningEngine, id: string): void {
  const order = engine.view('P')?.rowsOf(id)[0]?.orders[0]?.id ?? '';
  const decided = engine.decide({ kind: 'approve', order, plan: 'P' });
  if (!decided.ok) throw new Error(decided.failure.message);
  for (const decision of decided.value) {
    engine.apply({ kind: 'decision', decision }, '100');
  }
  engine.follow('P');
}
