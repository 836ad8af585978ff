import { planDayOf, type PlanDay } from '@tidemark/kernel';
import type { BomLineRow, Placed } from './tables.js';

export type PlacedLine = BomLineRow & Placed;

/** The lines of a parent that hold from one day to another: one BOM version. */
export interface BomVersion {
  readonly id: string;
  readonly parent: string;
  readonly validFrom: PlanDay;
  /** Inclusive; absent: open. */
  readonly validTo: PlanDay | undefined;
  readonly lines: readonly PlacedLine[];
}

/**
 * Cuts the time line of a parent at each day on which one of its lines comes or goes, so that the
 * set of lines is the same all through a version. Days without a line have no version. Lines keep
 * the order of the file; two that name one component at a time both count, and `doubled` tells
 * them.
 */
export function cutVersions(parent: string, lines: readonly PlacedLine[]): readonly BomVersion[] {
  const cuts = new Set<number>();
  for (const { validFrom, validTo } of lines) {
    cuts.add(validFrom);
    if (validTo !== undefined) cuts.add(validTo + 1);
  }
  const days = [...cuts].toSorted((left, right) => left - right);
  return days.flatMap((day, at) => {
    const valid = lines.filter((line) => isValidOn(line, day));
    const next = days[at + 1];
    if (valid.length === 0) return [];
    const validTo = next === undefined ? undefined : planDayOf(next - 1);
    const id = `BOM-${parent}-${at + 1}`;
    return [{ id, parent, validFrom: planDayOf(day), validTo, lines: valid }];
  });
}

/** The version that is valid on the day. */
export function versionOn(
  versions: readonly BomVersion[] | undefined,
  day: number,
): BomVersion | undefined {
  return versions?.find((version) => isValidOn(version, day));
}

/** Lines that name a component which an earlier line of the version names too. */
export function doubled({ lines }: BomVersion): readonly PlacedLine[] {
  const seen = new Set<string>();
  return lines.filter(({ component }) => {
    const isKnown = seen.has(component);
    seen.add(component);
    return isKnown;
  });
}

function isValidOn(
  { validFrom, validTo }: { readonly validFrom: PlanDay; readonly validTo: PlanDay | undefined },
  day: number,
): boolean {
  return validFrom <= day && (validTo === undefined || validTo >= day);
}
