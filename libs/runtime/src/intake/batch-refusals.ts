import { ownIdPrefix, type ItemChange } from '@tidemark/journal';
import { wireRefusal, type DecodedEvent, type WireRefusal } from '@tidemark/wire';
import type { CompanyState } from './company-state.js';
import { intakeLimits } from './limits.js';

export function itemMismatch(state: CompanyState, change: ItemChange): WireRefusal | undefined {
  if (change.kind === 'count' || change.kind === 'adjustment') return undefined;
  const known = state.itemOf.get(change.id);
  if (known !== undefined && known !== change.item) {
    return wireRefusal({
      rule: 'ITEM_CHANGED',
      field: 'data/item',
      message:
        `Transaction ${change.id} is of item ${known}; it cannot become one of` +
        ` ${change.item}.`,
      remedy: 'Remove it, and send the new item under an id of its own.',
      values: { id: change.id, item: change.item, known },
      mentions: [change.id, known, change.item],
    });
  }
  const from = change.kind === 'transaction' ? change.image.origin : undefined;
  const itemOfOrigin = from?.startsWith(ownIdPrefix) === true ? state.itemOf.get(from) : undefined;
  if (from === undefined || itemOfOrigin === undefined || itemOfOrigin === change.item) {
    return undefined;
  }
  return wireRefusal({
    rule: 'ORIGIN_OF_OTHER_ITEM',
    field: 'data/origin',
    message:
      `${change.id} of item ${change.item} names ${from} as origin, which is of` +
      ` ${itemOfOrigin}.`,
    remedy: 'Name the order that was firmed for this item.',
    values: { id: change.id, origin: from },
    mentions: [change.id, from],
  });
}

export function planMissing(
  state: CompanyState,
  { content }: DecodedEvent,
): WireRefusal | undefined {
  if (content.kind !== 'fact') return undefined;
  const { fact } = content;
  const named =
    fact.kind === 'planDeleted'
      ? [fact.plan]
      : fact.kind === 'currentPlans'
        ? [fact.dynamic, fact.static]
        : [];
  const unknown = named.find((plan) => plan !== undefined && !state.plans.has(plan));
  if (unknown === undefined) return undefined;
  return wireRefusal({
    rule: 'UNKNOWN_PLAN',
    field: 'data',
    message: `There is no plan ${unknown}.`,
    remedy: `Define it first. Plans: ${[...state.plans].slice(0, 10).join(', ')}.`,
    values: { plan: unknown },
    mentions: [unknown],
  });
}

export function reused({ head }: DecodedEvent): WireRefusal {
  return wireRefusal({
    rule: 'ID_REUSE',
    field: 'version',
    message:
      `Version ${head.version} of ${head.id} from ${head.source} is known with other` + ` content.`,
    remedy: 'The first stands. Send what changed under a higher version.',
    values: { id: head.id, version: String(head.version), source: head.source },
    mentions: [head.id],
  });
}

export function parkingFull(parked: number): WireRefusal {
  return wireRefusal({
    rule: 'PARKING_FULL',
    field: '',
    message: `${parked} changes already wait for something unknown; no more are kept waiting.`,
    remedy: 'Send the missing items, groups and calendars first, then this again.',
  });
}

/** A fact larger than one append takes, once it is UTF-8. */
export function factTooLarge({ head, data }: DecodedEvent): WireRefusal | undefined {
  const bytes = Buffer.byteLength(JSON.stringify(data));
  if (bytes <= intakeLimits.factBytes) return undefined;
  return wireRefusal({
    rule: 'TOO_LARGE',
    field: 'data',
    message: `${head.id} has ${bytes} bytes; at most ${intakeLimits.factBytes} are taken.`,
    remedy: 'Split it.',
    values: { bytes: String(bytes) },
    mentions: [head.id],
  });
}
