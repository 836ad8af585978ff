import { refusal } from '@tidemark/kernel';
import { decodeCommand, type EventType, type ScenarioChange } from '@tidemark/wire';
import { bomName } from './opening.js';
import type { Scene } from './scene.js';
import { asking } from './small-house.js';

/** One entry of a `change` step: an event of a source, or a decision of a planner. */
export async function performChange(scene: Scene, change: ScenarioChange): Promise<void> {
  if (change.upsert !== undefined) return upsert(scene, change.upsert);
  if (change.remove !== undefined) return remove(scene, scene.names.resolve(change.remove));
  if (change.onHand !== undefined) {
    const id = `count-${scene.nextVersion()}`;
    return send(scene, 'stock.counted.v1', { id, ...change.onHand });
  }
  if (change.item !== undefined) {
    for (const [id, item] of Object.entries(change.item)) {
      await send(scene, 'item.changed.v1', { id, ...item });
    }
    return;
  }
  if (change.bom !== undefined) {
    return send(scene, 'bom.changed.v1', { id: bomName(change.bom), ...change.bom });
  }
  return decide(scene, commandOf(scene, change));
}

/** Sends one event through the way in; what is refused or parked is the step's refusal. */
export async function send(scene: Scene, type: EventType, data: unknown): Promise<void> {
  const { intake, planner, company } = scene.house;
  const event = { type, version: scene.nextVersion(), data };
  const taking = { ...asking, source: 'scenario', numbers: 'taken' as const };
  const answer = await intake.take(company, [event], taking);
  const [refused] = answer.refusedRows;
  if (refused !== undefined) {
    const { code, message, mentions, remedy } = refused;
    scene.refuse({ code, message, mentions, remedy });
  }
  const [parked] = answer.parkedRows;
  if (parked !== undefined) {
    const message = `Parked: it waits for ${parked.missing}.`;
    scene.refuse(refusal(parked.code, message, { mentions: [parked.missing] }));
  }
  await planner.catchUp();
}

const namesInImages = ['id', 'markedTo', 'origin', 'order'];

function upsert(scene: Scene, image: Readonly<Record<string, unknown>>): Promise<void> {
  const data = Object.fromEntries(
    Object.entries(image).map(([key, value]) =>
      namesInImages.includes(key) && typeof value === 'string'
        ? [key, scene.names.resolve(value)]
        : [key, value],
    ),
  );
  scene.names.declare(String(data['id']));
  return send(scene, 'inventory.transaction.changed.v1', data);
}

async function remove(scene: Scene, id: string): Promise<void> {
  const known = await scene.house.intake.transaction(scene.house.company, id);
  if (known !== undefined) {
    return send(scene, 'inventory.transaction.removed.v1', { id, item: known.item });
  }
  scene.refuse(refusal('UNKNOWN_TRANSACTION', `There is no ${id}.`, { mentions: [id] }));
}

type Command = Readonly<Record<string, unknown>> & { readonly kind: string };

function commandOf({ names }: Scene, change: ScenarioChange): Command {
  for (const kind of ['approve', 'unapprove', 'delete', 'firm'] as const) {
    const given = change[kind];
    if (given === undefined) continue;
    const named = typeof given === 'string' ? { order: given } : given;
    return { kind, ...named, order: names.resolve(named.order) };
  }
  if (change.create !== undefined) names.declare(String(change.create['id']));
  if (change.create !== undefined) return { kind: 'create', ...change.create };
  if (change.edit !== undefined) {
    const { order } = change.edit;
    return { kind: 'edit', ...change.edit, order: names.resolve(String(order)) };
  }
  if (change.mark !== undefined) {
    const { issue, receipt, quantity } = change.mark;
    const pair = { issue: names.resolve(issue), receipt: names.resolve(receipt) };
    return { kind: 'mark', ...pair, quantity };
  }
  if (change.schedule !== undefined) {
    const { order, finiteMaterial = false } = change.schedule;
    return { kind: 'schedule', order: names.resolve(order), finiteMaterial };
  }
  return { kind: 'autoReserve', ...change.autoReserve };
}

async function decide(scene: Scene, command: Command): Promise<void> {
  const { planner } = scene.house;
  const decoded = decodeCommand(command, { numbers: 'taken' });
  if (!decoded.ok) return scene.refuse(decoded.failure);
  const outcome = await planner.command(decoded.value, asking);
  if (!outcome.ok) scene.refuse(outcome.failure);
}
