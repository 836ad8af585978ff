import { ceilTo, floorTo } from '@tidemark/kernel';
import type { NettingDesk, Remainder } from '../netting/desk.js';
import type { CoveragePolicy } from './policy.js';

/**
 * Min/max: on the first day on which something is lacking, order up to the maximum (CC-3 to CC-5).
 * Without a maximum: what is lacking. Stock above the minimum is always usable.
 */
export const minMax: CoveragePolicy = {
  keepsMinimum: true,
  ignoresWindows: false,
  positiveDays: () => Infinity,
  increasesOpenOrders: false,
  decreasesByMaximum: true,
  propose(remainders, book, desk) {
    const { maximum, minimum } = desk.parameters;
    const perRequirement = maximum === undefined && minimum === 0;
    let members: Remainder[] = [];
    const close = (): void => {
      if (members.length > 0) {
        const need = members.reduce((sum, member) => sum + member.quantity, 0);
        book.openOrders(members, fillQuantity(desk, members[0]?.day ?? 0, need));
      }
      members = [];
    };
    for (const remainder of remainders) {
      const first = members[0];
      if (first !== undefined && (perRequirement || remainder.day > first.day)) close();
      const rest = book.takeSurplus(remainder);
      if (rest > 0) members.push({ ...remainder, quantity: rest });
    }
    close();
  },
};

/** Need up to the maximum, down to a whole multiple unless the need asks for more (CC-4). */
function fillQuantity(desk: NettingDesk, day: number, need: number): number {
  const { maximum, orderMultiple } = desk.parameters;
  const threshold = desk.minimumRow >= 0 && day >= desk.minimumDay ? desk.parameters.minimum : 0;
  const wanted = maximum === undefined ? need : Math.max(need, need + maximum - threshold);
  if (orderMultiple === 0) return wanted;
  const down = floorTo(wanted, orderMultiple);
  return down >= need ? down : ceilTo(wanted, orderMultiple);
}
