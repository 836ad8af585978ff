import { formatPlanDay, formatQuantity, parsePlanDay } from '@tidemark/kernel';
import type { PlanView, RequirementRow } from '@tidemark/planning';
import type { ScenarioExpectation } from '@tidemark/wire';
import { matchRows } from '../match.js';
import { listOf, millionths, type Scene } from '../scene.js';
import { fitsDimensions, fitsQuantity } from './expect-orders.js';
import { rowsIn } from './rows-of-plan.js';

type Block<Key extends keyof ScenarioExpectation> = NonNullable<ScenarioExpectation[Key]>;

/** Stock, supplies there by the day, less demands of the day; the minimum is no demand here. */
export function expectProjection(view: PlanView, block: Block<'onHandProjection'>): string[] {
  const rows = rowsIn(view, 'requirements', [block.of]).filter(
    (row) => row.kind !== 'safetyStock' && fitsDimensions(block.dimensions, row.dimensions),
  );
  return block.at.flatMap(({ date, quantity }) => {
    const day = parsePlanDay(date);
    if (!day.ok) return [day.failure.message];
    const total = rows.reduce((sum, row) => sum + stockEffect(row, day.value), 0);
    if (total === millionths(quantity)) return [];
    return [`stock of ${block.of} on ${date} is ${formatQuantity(total)}, expected ${quantity}`];
  });
}

function stockEffect(row: RequirementRow, day: number): number {
  if (row.kind === 'onHand') return row.quantity;
  const there = row.kind === 'plannedOrder' ? (row.delayedDate ?? row.date) : row.date;
  if (there === undefined || there > day || row.held === true) return 0;
  return row.direction === 'issue' ? -row.quantity : row.quantity;
}

export function expectJournal(view: PlanView, block: Block<'journal'>): string[] {
  return listOf(block.of).flatMap((item) => {
    const pending = view.pendingOf(item);
    if (pending === block.pending) return [];
    return [`${pending} entries of ${item} are pending, expected ${block.pending}`];
  });
}

export function expectPromises(scene: Scene, block: Block<'promise'>): string[] {
  return Object.entries(block).flatMap(([id, { date }]) => {
    const answer = scene.promises.get(id);
    const found = answer === undefined ? 'none' : formatPlanDay(answer.date);
    return found === date ? [] : [`promise ${id} is ${found}, expected ${date}`];
  });
}

export function expectLevels(view: PlanView, block: Block<'levels'>): string[] {
  return block.flatMap(({ item, dimensions, level }) => {
    const found = view.levelOf(item, dimensions ?? {});
    return found === level ? [] : [`level of ${item} is ${found}, expected ${level}`];
  });
}

export function expectError(scene: Scene, plan: string, block: Block<'error'>): string[] {
  const found = scene.refusal === undefined ? (scene.findings.get(plan) ?? []) : [scene.refusal];
  const { code, mentions = [] } = block;
  const names = mentions.map((name) => scene.names.resolve(name));
  const fits = found.some(
    (one) => one.code === code && names.every((name) => one.mentions.includes(name)),
  );
  if (fits) return [];
  const shown = found.map((one) => `${one.code} (${one.mentions.join(', ')})`).join('; ');
  return [`expected ${code} (${mentions.join(', ')}), found ${shown === '' ? 'nothing' : shown}`];
}

export function expectProfile(scene: Scene, view: PlanView, block: Block<'profile'>): string[] {
  const { names } = scene;
  const actual = view
    .profileOf(block.of)
    .filter((row) => fitsDimensions(block.dimensions, row.dimensions));
  // The format has no word for what is on hold: such a row may be named, and need not be.
  const isNamed = new Set(block.rows.map(({ id }) => names.resolve(id)));
  const matching = matchRows(
    block.rows,
    actual.filter((row) => row.held !== true || isNamed.has(row.id)),
    (wanted, row) =>
      names.resolve(wanted.id) === row.id &&
      fitsQuantity(wanted.quantity, row.quantity) &&
      (wanted.date === undefined ||
        (row.date !== undefined && formatPlanDay(row.date) === wanted.date)) &&
      fitsQuantity(wanted.uncovered, row.uncovered ?? -1) &&
      fitsQuantity(wanted.free, row.free ?? -1),
  );
  if (matching.ok) return [];
  return [
    ...matching.missing.map((row) => `no row fits ${JSON.stringify(row)}`),
    ...matching.extra.map((row) => `row nobody expected: ${showRow(scene, row)}`),
  ];
}

function showRow({ names }: Scene, row: RequirementRow): string {
  const date = row.date === undefined ? '' : ` on ${formatPlanDay(row.date)}`;
  const rest =
    row.direction === 'issue'
      ? `uncovered ${formatQuantity(row.uncovered ?? 0)}`
      : `free ${formatQuantity(row.free ?? 0)}`;
  return `${names.show(row.id)} ${formatQuantity(row.quantity)}${date}, ${rest}`;
}

export async function expectTransactions(
  scene: Scene,
  view: PlanView,
  block: Block<'transactions'>,
): Promise<string[]> {
  const faults: string[] = [];
  for (const wanted of block) {
    const id = scene.names.resolve(wanted.id);
    const image = (await scene.house.intake.transaction(scene.house.company, id))?.image;
    if (image === undefined || wanted.absent === true) {
      if ((image === undefined) !== (wanted.absent === true)) {
        faults.push(`transaction ${wanted.id} is ${image === undefined ? 'not ' : ''}there`);
      }
      continue;
    }
    const status = view.reservationOf(id) ?? image.status;
    const { reference, hold, confirmedDate, order } = wanted;
    const shown = {
      type: image.type,
      quantity: formatQuantity(image.quantity),
      date: formatPlanDay(image.date),
      confirmedDate:
        image.confirmedDate === undefined ? undefined : formatPlanDay(image.confirmedDate),
      status,
      reference: image.reference ?? null,
    };
    const fits =
      (wanted.type === undefined || wanted.type === image.type) &&
      (wanted.item === undefined || wanted.item === image.item) &&
      (wanted.direction === undefined || wanted.direction === image.direction) &&
      (hold === undefined || hold === image.hold) &&
      (order === undefined || scene.names.resolve(order) === image.order) &&
      (confirmedDate === undefined || confirmedDate === shown.confirmedDate) &&
      fitsDimensions(wanted.dimensions, image.dimensions) &&
      fitsQuantity(wanted.quantity, image.quantity) &&
      (wanted.date === undefined || wanted.date === shown.date) &&
      (wanted.status === undefined || wanted.status === status) &&
      (reference === undefined ||
        (reference === null ? null : scene.names.resolve(reference)) === shown.reference);
    if (!fits) faults.push(`${wanted.id} is ${JSON.stringify(shown)}`);
  }
  return faults;
}

export async function expectStock(scene: Scene, block: Block<'onHand'>): Promise<string[]> {
  const { intake, company } = scene.house;
  const faults: string[] = [];
  for (const { item, quantity, dimensions } of block) {
    const found = await intake.stockOnHand(company, item, dimensions ?? {});
    if (found === millionths(quantity)) continue;
    faults.push(`stock of ${item} is ${formatQuantity(found)}, expected ${quantity}`);
  }
  return faults;
}
