import type { MessageRow } from '../api/rows.js';
import type { Change } from '../api/runs.js';
import type { ActionMessage, DelayMessage } from '../state/node-plan.js';
import { actionRow, delayRow } from './node-rows.js';
import type { NodeImage } from './node-image.js';
import type { NodeImages, NodeMatches } from './row-changes.js';

/** Changed messages: delays and actions that came or changed, then those that went. */
export function messageChanges(images: NodeImages, matches: NodeMatches): Change<MessageRow>[] {
  const { before, after } = images;
  if (before.messages === after.messages && before.plan === after.plan) return [];
  const delays = delayChanges(images, matches);
  const actions = actionChanges(images, matches);
  return delays.found.concat(actions.found, delays.gone, actions.gone);
}

interface Found {
  readonly found: Change<MessageRow>[];
  readonly gone: Change<MessageRow>[];
}

const none: Found = { found: [], gone: [] };

/** Places of delay messages by demand row, -1 for none; one list serves all nodes. */
let places = new Int32Array(1024);

function messagePlaces({ plan, messages }: NodeImage): Int32Array {
  const rows = plan.demands.kind.length;
  if (rows > places.length) places = new Int32Array(rows * 2);
  places.fill(-1, 0, rows);
  for (let at = 0; at < messages.delays.length; at += 1) {
    places[messages.delays[at]?.demand ?? 0] = at;
  }
  return places;
}

function delayChanges({ before, after }: NodeImages, matches: NodeMatches): Found {
  const { demands, supplies } = matches;
  const found: Change<MessageRow>[] = [];
  if (before.messages.delays.length + after.messages.delays.length === 0) return none;
  const old = messagePlaces(before);
  for (const message of after.messages.delays) {
    const demand = demands.rowBefore[message.demand] ?? -1;
    const was = demand < 0 ? undefined : before.messages.delays[old[demand] ?? -1];
    if (was !== undefined) old[demand] = -1;
    if (was === undefined) found.push(changeOfDelay(undefined, [after, message]));
    else if (!equalDelays(was, message, supplies.rowBefore)) {
      found.push(changeOfDelay([before, was], [after, message]));
    }
  }
  const gone = before.messages.delays.flatMap((was) =>
    (old[was.demand] ?? -1) < 0 ? [] : [changeOfDelay([before, was], undefined)],
  );
  return { found, gone };
}

function equalDelays(was: DelayMessage, now: DelayMessage, supplyBefore: Int32Array): boolean {
  if (was.day !== now.day || was.days !== now.days) return false;
  return now.supply < 0 ? was.supply < 0 : supplyBefore[now.supply] === was.supply;
}

function changeOfDelay(
  was: readonly [NodeImage, DelayMessage] | undefined,
  now: readonly [NodeImage, DelayMessage] | undefined,
): Change<MessageRow> {
  const before = was === undefined ? undefined : delayRow(...was);
  const after = now === undefined ? undefined : delayRow(...now);
  return change(`delay ${(after ?? before)?.requirement ?? ''}`, before, after);
}

function actionChanges({ before, after }: NodeImages, { supplies }: NodeMatches): Found {
  const found: Change<MessageRow>[] = [];
  const old = new Map<string, ActionMessage>();
  for (const message of before.messages.actions) old.set(placeOf(message, message.supply), message);
  for (const message of after.messages.actions) {
    const place = placeOf(message, supplies.rowBefore[message.supply] ?? -1);
    const was = old.get(place);
    old.delete(place);
    if (was === undefined) found.push(changeOfAction(undefined, [after, message]));
    else if (was.day !== message.day || was.quantity !== message.quantity) {
      found.push(changeOfAction([before, was], [after, message]));
    }
  }
  const gone = [...old.values()].map((was) => changeOfAction([before, was], undefined));
  return { found, gone };
}

function placeOf(message: ActionMessage, supply: number): string {
  return `${supply} ${message.action}`;
}

function changeOfAction(
  was: readonly [NodeImage, ActionMessage] | undefined,
  now: readonly [NodeImage, ActionMessage] | undefined,
): Change<MessageRow> {
  const before = was === undefined ? undefined : actionRow(...was);
  const after = now === undefined ? undefined : actionRow(...now);
  const row = after ?? before;
  return change(`${row?.action ?? ''} ${row?.order ?? ''}`, before, after);
}

function change(
  key: string,
  before: MessageRow | undefined,
  after: MessageRow | undefined,
): Change<MessageRow> {
  if (before === undefined) return after === undefined ? { key } : { key, after };
  return after === undefined ? { key, before } : { key, before, after };
}
