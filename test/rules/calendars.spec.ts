import type { CoverageSettings, ReferenceWorld } from '@tidemark/testkit';
import { pieces, purchase, sale, SmallPlan, today } from './small-plan.js';

/** Today is a Friday: days 3, 10, 17 are Mondays, 4, 11, 18 Tuesdays. */
const calendars = {
  mondays: { workingDays: ['mon'] },
  tuesdays: { workingDays: ['tue'] },
  weekdays: { workingDays: ['mon', 'tue', 'wed', 'thu', 'fri'] },
  tueThu: { workingDays: ['tue', 'thu'] },
} as const;

interface Calendars {
  readonly coverageCalendar?: string;
  readonly warehouseCalendar?: string;
  readonly vendorCalendar?: string;
}

/** A is bought in five days for a sale in 21 days, a Friday; warehouses are planned apart. */
function planned(given: Calendars & CoverageSettings, item: Partial<ReferenceItem> = {}) {
  const plan = new SmallPlan({
    calendars,
    items: {
      A: {
        decimals: 0,
        leadTime: 5,
        coverageDimensions: ['warehouse'],
        coverage: { code: 'requirement', ...given },
        ...item,
      },
    },
    transactions: [sale('SO-1', { item: 'A', quantity: 5, in: 21 })],
  });
  const [order] = plan.orders();
  if (order === undefined) throw new Error('The sale is planned for.');
  const { requirementDate, deliveryDate, startDate, orderDate } = order;
  const days = { requirementDate, deliveryDate, startDate, orderDate };
  return Object.fromEntries(Object.entries(days).map(([key, day]) => [key, day - today]));
}

type ReferenceItem = NonNullable<ReferenceWorld['items']>[string];

describe('calendars of coverage group, warehouse and vendor (D:po/safety-margins)', () => {
  it('are all open if none is set', () => {
    expect(planned({})).toEqual({
      requirementDate: 21,
      deliveryDate: 21,
      startDate: 16,
      orderDate: 16,
    });
  });

  it("give way to the item's own calendar", () => {
    const all = {
      coverageCalendar: 'mondays',
      warehouseCalendar: 'mondays',
      vendorCalendar: 'mondays',
    };
    const own = { calendar: 'tuesdays', leadTimeCalendar: 'weekdays' };
    // Orders are placed on days open for lead time and vendor: no weekday but Monday is.
    expect(planned(all, own)).toEqual({
      requirementDate: 18,
      deliveryDate: 18,
      startDate: 11,
      orderDate: 10,
    });
  });

  it('receive what is bought on days of the vendor, before those of the group', () => {
    const given = { coverageCalendar: 'weekdays', vendorCalendar: 'tuesdays' };
    expect(planned(given)).toMatchObject({ requirementDate: 21, deliveryDate: 18 });
  });

  it('receive what is made on days of the group, and know no vendor there', () => {
    const given = { coverageCalendar: 'mondays', vendorCalendar: 'tuesdays' };
    expect(planned(given, { orderType: 'production', leadTime: 1 })).toMatchObject({
      requirementDate: 17,
      deliveryDate: 17,
    });
  });

  it('count lead times by the group alone', () => {
    const given = { coverageCalendar: 'weekdays', vendorCalendar: 'weekdays' };
    expect(planned({ ...given, warehouseCalendar: 'mondays' })).toMatchObject({
      deliveryDate: 17,
      startDate: 10,
    });
    expect(planned({ warehouseCalendar: 'mondays' })).toMatchObject({
      deliveryDate: 17,
      startDate: 12,
    });
  });

  it('place orders on days that are open for group and vendor', () => {
    const given = { coverageCalendar: 'weekdays', vendorCalendar: 'tueThu' };
    expect(planned(given)).toEqual({
      requirementDate: 21,
      deliveryDate: 20,
      startDate: 13,
      orderDate: 13,
    });
    expect(planned({ ...given, reorderMargin: 1 })).toMatchObject({ orderDate: 11 });
  });

  it("need issues on days of the warehouse, before the group's", () => {
    const given = { coverageCalendar: 'weekdays', warehouseCalendar: 'tuesdays' };
    expect(planned(given)).toMatchObject({ requirementDate: 18, deliveryDate: 18 });
  });

  it('leave out the warehouse where warehouses are not planned apart', () => {
    const given = { warehouseCalendar: 'tuesdays' };
    expect(planned(given, { coverageDimensions: [] })).toMatchObject({ requirementDate: 21 });
  });

  it('count margins in working days of the group, else of the warehouse (MG-5)', () => {
    const world = (settings: Calendars): SmallPlan =>
      new SmallPlan({
        calendars,
        plans: { dynamic: { marginsInWorkingDays: true } },
        items: {
          A: {
            coverageDimensions: ['warehouse'],
            coverage: { code: 'requirement', receiptMargin: 1, ...settings },
          },
        },
        transactions: [
          sale('SO-1', { item: 'A', quantity: 1, in: 20 }),
          purchase('PO-1', { item: 'A', quantity: 1, in: 12 }),
          { ...sale('SO-2', { item: 'A', quantity: 1, in: 26 }), quantity: pieces(1) },
        ],
      });
    const group = world({ coverageCalendar: 'mondays', warehouseCalendar: 'tuesdays' });
    expect(group.orders().map(({ deliveryDate }) => deliveryDate - today)).toEqual([10]);
    const warehouse = world({ warehouseCalendar: 'tuesdays' });
    expect(warehouse.orders().map(({ deliveryDate }) => deliveryDate - today)).toEqual([11]);
  });
});
