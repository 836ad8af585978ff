import {
  compareText,
  dimensionCount,
  dimensionsKey,
  identityOfText,
  noDimensions,
  pickDimensions,
  productDimensionNames,
  type DimensionName,
  type Dimensions,
  type StateExchange,
} from '@tidemark/kernel';
import type { Item } from '@tidemark/master-data';
import type { PlanDefinition } from '../api/plan-definition.js';
import { resolveParameters, type NodeParameters } from '../settings/parameters.js';
import type { RunWatch } from '../runs/run-watch.js';
import type { VariantLevels } from '../world/levels.js';
import type { MasterDataIndex } from '../world/master-data-index.js';
import { ItemStock } from './item-stock.js';
import { KeptSupplyBook } from './kept-supply.js';
import { MarkingBook } from './marking-book.js';
import { createPlanNode, isEmptyNode, refillStagesMax, type PlanNode } from './plan-node.js';
import { TransactionTable, type Handle } from './transaction-table.js';

/** What all plans of a company share: master data and the levels that follow from it. */
export interface World {
  readonly master: MasterDataIndex;
  readonly levels: VariantLevels;
  /** The company that is planned, as its journals name it. */
  company: string;
  /** Last sequence number of each item's journal. */
  readonly sequences: Map<string, number>;
  /** Is told of every run of every plan (TX-1). */
  readonly watch?: RunWatch;
}

export function exchangeWorld(world: World, io: StateExchange): void {
  world.company = io.value(world.company);
  io.map(world.sequences);
  world.master.exchange(io);
  world.levels.exchange(io);
}

/** Remembers the last sequence number of the entries' journals. */
export function countEntries(
  { sequences }: World,
  entries: readonly { readonly item: string; readonly sequence: number }[],
): void {
  for (const { item, sequence } of entries) {
    sequences.set(item, Math.max(sequence, sequences.get(item) ?? 0));
  }
}

/** A circle that keeps nodes from being planned. */
export interface PlanCircle {
  readonly code: 'CIRCULAR_BOM' | 'CIRCULAR_REFILL';
  readonly items: readonly string[];
}

/**
 * The state of one plan: its own fold of the journal (every plan has its own tidemark), its nodes
 * and what the last run made of them. The one owned mutable value of a plan; runs change it through
 * the functions of `runs`, which keep an undo log.
 */
export class PlanState {
  readonly world: World;
  definition: PlanDefinition;
  today: number;
  readonly table = new TransactionTable();
  readonly markings = new MarkingBook();
  readonly nodes = new Map<string, PlanNode>();
  readonly nodesOfItem = new Map<string, PlanNode[]>();
  readonly nodeOfHandle: (PlanNode | undefined)[] = [];
  readonly stock = new Map<string, ItemStock>();
  /** Ids of planned orders that were ever firmed: their numbers are not given again (MO-14). */
  readonly firmedIds = new Set<string>();
  /** Receipts that firming made of orders for a minimum, as firming named them (MO-11, law 6). */
  readonly minimumServers = new Set<string>();
  /** Receipt and lines of real production orders, by order name (DL-3). */
  readonly orderGroups = new Map<string, Set<Handle>>();

  /** The transaction that took the place of one firming made, by its id (MO-11). */
  readonly successors = new Map<string, string>();
  /** Planned orders that were deleted: supply kept for a demand has them no more. */
  readonly gone = new Set<string>();
  /** Planned orders deleted since the last run: the next one may make an order of their name. */
  readonly deleted = new Set<string>();
  /** Orders whose approval was taken back: planned ones again until a regeneration (MO-10). */
  readonly unapproved = new Set<string>();
  /** Supply that decisions keep for demands (MO-19, PR-5). */
  readonly keptSupply = new KeptSupplyBook();
  /** Production orders that were scheduled at least once (MO-16). */
  readonly scheduled = new Set<string>();

  /** Nodes with receipts of real orders that run against the BOM, now or once (DL-3). */
  readonly rework = new Set<PlanNode>();
  /** Nodes where something went beyond what a plan can hold; runs look whether it still does. */
  readonly overfull = new Set<PlanNode>();

  constructor(world: World, definition: PlanDefinition, today: number) {
    this.world = world;
    this.definition = definition;
    this.today = today;
  }

  /** The node that a transaction or need with these dimensions is netted at. */
  nodeFor(item: Item, dimensions: Dimensions): PlanNode {
    const planned = plannedDimensions(item, dimensions);
    if (planned === noDimensions) {
      const plain = this.nodesOfItem.get(item.id)?.find((node) => node.dimensions === noDimensions);
      if (plain !== undefined) return plain;
    }
    const key = `${item.id}\u0000${dimensionsKey(planned)}`;
    const known = this.nodes.get(key);
    if (known !== undefined) return known;
    const node = createPlanNode({ key, item: item.id, dimensions: planned }, identityOfText(key));
    this.nodes.set(key, node);
    const siblings = this.nodesOfItem.get(item.id) ?? [];
    siblings.push(node);
    this.nodesOfItem.set(item.id, siblings);
    this.placeNode(node);
    node.stock = this.stock.get(item.id)?.totalAt(planned, item) ?? 0;
    return node;
  }

  /**
   * Closes the nodes opened beyond the first so many that have nothing: a question opened them, and
   * a question leaves the plan as it was (PR-4, DU-2).
   */
  closeNodesBeyond(count: number): void {
    if (this.nodes.size === count) return;
    for (const node of [...this.nodes.values()].slice(count)) {
      if (!isEmptyNode(node)) continue;
      this.nodes.delete(node.key);
      const siblings = this.nodesOfItem.get(node.item) ?? [];
      const left = siblings.filter((other) => other !== node);
      if (left.length === 0) this.nodesOfItem.delete(node.item);
      else this.nodesOfItem.set(node.item, left);
      this.rework.delete(node);
      this.overfull.delete(node);
    }
  }

  /** Works out level and planning order anew. */
  placeNode(node: PlanNode): void {
    node.level = this.world.levels.levelOf(node.item, node.dimensions);
    const chain = this.refillChain(node);
    const hops = chain === undefined ? 0 : Math.min(chain.length, refillStagesMax - 1);
    node.stage = node.level * refillStagesMax + (refillStagesMax - 1 - hops);
  }

  /** Warehouses that refill the node's, nearest first; undefined when they go round (TR-2). */
  refillChain(node: PlanNode): readonly string[] | undefined {
    const chain: string[] = [];
    let dimensions = node.dimensions;
    for (let from = this.#refillOf(node.item, dimensions); from !== undefined;) {
      if (chain.includes(from) || from === node.dimensions.warehouse) return undefined;
      chain.push(from);
      dimensions = { ...dimensions, warehouse: from };
      from = this.#refillOf(node.item, dimensions);
    }
    return chain;
  }

  #refillOf(itemId: string, dimensions: Dimensions): string | undefined {
    const item = this.world.master.item(itemId);
    if (item === undefined || item.coverageByDimension.length === 0) return undefined;
    return resolveParameters(this.world.master, this.definition, {
      item,
      dimensions,
      today: this.today,
    }).refillFrom;
  }

  parametersOf(node: PlanNode): NodeParameters | undefined {
    if (node.parameters !== undefined) return node.parameters;
    const item = this.world.master.item(node.item);
    if (item === undefined) return undefined;
    node.parameters = resolveParameters(this.world.master, this.definition, {
      item,
      dimensions: node.dimensions,
      today: this.today,
    });
    return node.parameters;
  }

  /** Why a node is not planned: it stands on a circle of BOMs or of refills (LV-3, TR-2). */
  circleAt(node: PlanNode): PlanCircle | undefined {
    const circle = this.world.levels.circleOf(node.item);
    if (circle !== undefined) return { code: 'CIRCULAR_BOM', items: circle };
    if (this.refillChain(node) === undefined) {
      return { code: 'CIRCULAR_REFILL', items: [node.item] };
    }
    return undefined;
  }

  /** True for an order of the last run that the next one does not find: firmed, or deleted. */
  isLeaving(id: string): boolean {
    return this.deleted.has(id) || this.firmedIds.has(id);
  }

  /** True for an order that supply kept for a demand has no more: firmed, or ever deleted. */
  isGone(id: string): boolean {
    return this.gone.has(id) || this.firmedIds.has(id);
  }

  stockOf(item: string): ItemStock {
    const known = this.stock.get(item);
    if (known !== undefined) return known;
    const made = new ItemStock();
    this.stock.set(item, made);
    return made;
  }
}

/** The dimensions an item is netted by: all product dimensions, and the stock dimensions set. */
export function plannedDimensions(item: Item, dimensions: Dimensions): Dimensions {
  if (dimensions === noDimensions || dimensionCount(dimensions) === 0) return noDimensions;
  const product: readonly DimensionName[] =
    item.productDimensions.length > 0 ? item.productDimensions : productDimensionNames;
  return pickDimensions(dimensions, [...product, ...item.coverageDimensions]);
}

/** Puts a handle into its place among others (NE-7 ties); does nothing if it is there. */
export function insertHandle(list: Handle[], handle: Handle, table: TransactionTable): void {
  const last = list.at(-1);
  // Most sources count their ids upwards.
  if (last === undefined || compareHandles(last, handle, table) < 0) {
    list.push(handle);
    return;
  }
  const at = placeOf(list, handle, table);
  if (list[at] !== handle) list.splice(at, 0, handle);
}

export function removeHandle(list: Handle[], handle: Handle, table: TransactionTable): void {
  const at = placeOf(list, handle, table);
  if (list[at] === handle) list.splice(at, 1);
}

function placeOf(list: readonly Handle[], handle: Handle, table: TransactionTable): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareHandles(list[middle] ?? 0, handle, table) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Transactions of sources by id, then those that firming made, by firming, then by id (NE-7). */
function compareHandles(left: Handle, right: Handle, table: TransactionTable): number {
  const leftFiring = table.firming[left] ?? 0;
  const rightFiring = table.firming[right] ?? 0;
  if (leftFiring !== rightFiring) return leftFiring - rightFiring;
  return compareText(table.ids[left] ?? '', table.ids[right] ?? '');
}
