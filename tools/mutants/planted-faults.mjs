// Faults planted in the core, each as one text for another: the law named must see it. A text that
// is no longer there fails the run: plant the fault anew.
const planning = 'libs/planning/src';

export const plantedFaults = [
  {
    name: 'negative days are not granted (PN-2)',
    law: 'reference',
    file: `${planning}/netting/windows.ts`,
    from: 'onTime, onTime + late);',
    to: 'onTime, onTime);',
  },
  {
    name: 'a day in the past stays in the past (DA-2)',
    law: 'reference',
    file: `${planning}/settings/dates.ts`,
    from: 'return required < node.today ? node.issueDays.next(node.today) : required;',
    to: 'return required;',
  },
  {
    name: 'the order minimum is forgotten (CC-8)',
    law: 'reference',
    file: `${planning}/netting/lots.ts`,
    from: 'Math.max(Math.min(left, orderMaximum), orderMinimum);',
    to: 'Math.min(left, orderMaximum);',
  },
  {
    name: 'constant scrap is forgotten (BM-2)',
    law: 'reference',
    file: `${planning}/explosion/bom-quantity.ts`,
    from: 'scrappedQuantity(line, order) + line.scrapConstant;',
    to: 'scrappedQuantity(line, order);',
  },
  {
    name: 'a component may be a day late (DL-1)',
    law: 'reference',
    file: `${planning}/delays/node-delays.ts`,
    from: 'else if (componentDay > order.startDay) {',
    to: 'else if (componentDay > order.startDay + 1) {',
  },
  {
    name: 'a delay is not passed on to the parents (DL-1, law 3)',
    law: 'exact',
    file: `${planning}/runs/delay-wave.ts`,
    from: 'if (need === undefined || isMetAsBefore(node, need, at, before)) continue;',
    to: 'if (need === undefined || before !== undefined) continue;',
  },
  {
    name: 'a changed need does not reach the component (law 3)',
    law: 'exact',
    file: `${planning}/runs/sweep.ts`,
    from: '  mode.reached?.(target);\n  queue.add(target);',
    to: '  mode.reached?.(target);',
  },
  {
    name: 'a period is a day longer (CC-2)',
    law: 'reference',
    file: `${planning}/coverage-codes/period.ts`,
    from: 'lastDay = day + desk.parameters.periodDays - 1;',
    to: 'lastDay = day + desk.parameters.periodDays;',
  },
  {
    name: 'the minimum waits for no lead time (SS-4)',
    law: 'reference',
    file: `${planning}/netting/minimum.ts`,
    from: 'const keyDay = Math.max(day, earliestDay);',
    to: 'const keyDay = day;',
  },
  {
    name: 'postpone knows no margin (AC-2)',
    law: 'reference',
    file: `${planning}/actions/action-messages.ts`,
    from: 'early > (settings.postponeMargin ?? 0)',
    to: 'early > 0',
  },
  {
    name: 'a change of stock is not followed (law 3)',
    law: 'exact',
    file: `${planning}/state/apply-entry.ts`,
    from: 'totalAt(node.dimensions, item);\n    touch(node);\n  }\n}',
    to: 'totalAt(node.dimensions, item);\n  }\n}',
  },
  {
    name: 'real and derived demand change places (NE-7)',
    law: 'reference',
    file: `${planning}/netting/gather-demands.ts`,
    from: 'const rank = segment.rank * 2 + 1;',
    to: 'const rank = segment.rank * 2 - 1;',
  },
  {
    name: 'pegs kept for confirmed demand are not put back (MO-19)',
    law: 'kept-supply',
    file: `${planning}/runs/standing.ts`,
    from: 'restore: (desk) => restorePegs(desk, kept.pegs),',
    to: 'restore: () => undefined,',
  },
  {
    name: 'nodes kept for a demand are not told of its change (MO-19, law 3)',
    law: 'kept-supply',
    file: `${planning}/engine/plan-keeper.ts`,
    from: 'for (const node of nodesKeptFor(this.state, entry)) touch(node);',
    to: '',
  },
];
