import { afterReceiptMargin, beforeIssueMargin, beforeReceiptMargin } from '../settings/dates.js';
import { demandKinds } from '../state/node-plan.js';
import type { NettingDesk } from './desk.js';

/** From which to which day a supply may be there to serve a demand (PN-1 to PN-5). */
export interface SupplyWindow {
  readonly earliest: number;
  /** Supplies there by this day are on time. */
  readonly onTime: number;
  /** Last day of a late supply that is still taken. */
  readonly latest: number;
}

/** The one window: a demand's is good until the next is asked for. */
const window = { earliest: -Infinity, onTime: Infinity, latest: Infinity };

function opened(earliest: number, onTime: number, latest: number): SupplyWindow {
  window.earliest = earliest;
  window.onTime = onTime;
  window.latest = latest;
  return window;
}

export function windowOf(desk: NettingDesk, demand: number): SupplyWindow {
  const { parameters } = desk;
  if (desk.ignoresWindows) return opened(-Infinity, Infinity, Infinity);
  if (desk.demandKind[demand] === demandKinds.safetyStock) return minimumWindow(desk);
  const required = desk.requiredDay[demand] ?? 0;
  const margin = desk.margin[demand] ?? 0;
  const target = beforeIssueMargin(required, margin, parameters);
  const onTime = Math.max(parameters.softIssueMargin ? required : target, parameters.today);
  const late = parameters.dynamicNegativeDays
    ? Math.max(parameters.negativeDays, desk.earliestDay + parameters.negativeDays - required)
    : parameters.negativeDays;
  return opened(earliestSupplyDay(desk, required, target), onTime, onTime + late);
}

/** `J(d) - p`: the day an order made just in time is there, less the positive days (PN-1). */
function earliestSupplyDay(desk: NettingDesk, required: number, target: number): number {
  const { parameters, positiveDays } = desk;
  if (positiveDays === Infinity) return -Infinity;
  if (parameters.dynamicPositiveDays && required <= desk.earliestDay) return -Infinity;
  const wanted = parameters.itemDays.prev(target);
  return afterReceiptMargin(beforeReceiptMargin(wanted, parameters), parameters) - positiveDays;
}

/**
 * What is there by max(F, E) serves the minimum as if on time; later within negative days. J counts
 * the issue margin (PN-1): the order of a period is planned with it, and serves its minimum too.
 */
function minimumWindow(desk: NettingDesk): SupplyWindow {
  const { parameters, minimumDay, minimumKeyDay } = desk;
  const target = beforeIssueMargin(minimumDay, parameters.issueMargin, parameters);
  const earliest = earliestSupplyDay(desk, minimumDay, target);
  return opened(earliest, minimumKeyDay, minimumKeyDay + parameters.negativeDays);
}
