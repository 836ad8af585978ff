import { formatPlanDay } from '@tidemark/kernel';
import { coverageGroups, exampleItems, variantsOf, type ExampleItem } from './items.js';
import { exampleOrders } from './orders.js';
import { exampleStructures } from './structures.js';

/** An event of the public contract, as its source would send it. */
interface ExampleEvent {
  readonly type: string;
  readonly source?: string;
  readonly version: 1;
  readonly data: object;
}

function event(type: string, data: object, source?: string): ExampleEvent {
  return { type, ...(source === undefined ? {} : { source }), version: 1, data };
}

/**
 * What the systems of a small bicycle factory with a shop publish: about a hundred items over four
 * levels, variants, two warehouses of which one refills the other, and a few hundred order lines
 * around `today`. The plans come last: without them nothing is planned.
 */
export function exampleEvents(today: number): readonly ExampleEvent[] {
  const workingDays = ['mon', 'tue', 'wed', 'thu', 'fri'];
  return [
    event('day.changed.v1', { day: formatPlanDay(today) }, 'tidemark/clock'),
    event('calendar.changed.v1', { id: 'WEEK', workingDays }),
    ...Object.entries(coverageGroups).map(([id, settings]) =>
      event('coverageGroup.changed.v1', { id, settings }),
    ),
    ...exampleItems.map((item) => event('item.changed.v1', itemData(item))),
    ...exampleStructures.map((structure) => event('bom.changed.v1', structure)),
    ...exampleItems.flatMap(counts),
    ...exampleOrders().map(({ day, ...line }) =>
      event('inventory.transaction.changed.v1', { ...line, date: formatPlanDay(today + day) }),
    ),
    event('plan.defined.v1', {
      id: 'dynamic',
      kind: 'dynamic',
      continuity: 'exact',
      dynamicNegativeDays: true,
    }),
    event('plan.defined.v1', { id: 'static', kind: 'static', continuity: 'onRequest' }),
    event('currentPlans.chosen.v1', { dynamic: 'dynamic', static: 'static' }),
  ];
}

function itemData(item: ExampleItem): object {
  const { id, unit = 'pcs', decimals = 0, group, leadTime } = item;
  const { productDimensions = [], coverage = {} } = item;
  const calendars = { calendar: 'WEEK', leadTimeCalendar: 'WEEK' };
  const base = { id, unit, decimals, coverageGroup: group, leadTime, ...calendars };
  const planned = { ...base, productDimensions, coverage };
  if (item.inShop !== true) return planned;
  const shop = { for: { warehouse: 'SHOP' }, refillFrom: 'MAIN' };
  return {
    ...planned,
    leadTimes: { transfer: 1 },
    coverageDimensions: ['warehouse'],
    coverageByDimension: [{ ...shop, code: 'requirement', positiveDays: 0, negativeDays: 0 }],
  };
}

/** The stock found on the first day, of each variant and warehouse. */
function counts({ id, stock, productDimensions = [], inShop }: ExampleItem): ExampleEvent[] {
  const variants = productDimensions.flatMap((name) =>
    (variantsOf[id] ?? []).map((value): Readonly<Record<string, string>> => ({ [name]: value })),
  );
  const places = inShop === true ? [{ warehouse: 'MAIN' }, { warehouse: 'SHOP' }] : [{}];
  return (variants.length === 0 ? [{}] : variants).flatMap((variant) =>
    places.map((place) => {
      const dimensions = { ...variant, ...place };
      const name = ['COUNT', id, ...Object.values(dimensions)].join('-');
      return event('stock.counted.v1', { id: name, item: id, dimensions, quantity: stock });
    }),
  );
}
