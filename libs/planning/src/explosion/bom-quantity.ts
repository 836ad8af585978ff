import { ceilTo, quantityMax, unit } from '@tidemark/kernel';
import { multiplyDivideCeil } from '@tidemark/kernel';
import type { BillOfMaterialLine } from '@tidemark/master-data';

const hundredPercent = 100 * unit;

/**
 * Quantity of a component for an order (BM-2, BM-8): base by series or constant, then scrap, then
 * up to the line's multiple, then up to the component's decimals. Divides last; exact. Undefined
 * when it is beyond what a quantity can be.
 */
export function componentQuantity(
  line: BillOfMaterialLine,
  order: { quantity: number; perSeries: number },
  componentStep: number,
): number | undefined {
  const scrapped = scrappedQuantity(line, order) + line.scrapConstant;
  const multiple = line.roundingMultiple ?? 0;
  const rounded = ceilTo(multiple > 0 ? ceilTo(scrapped, multiple) : scrapped, componentStep);
  return rounded > quantityMax ? undefined : rounded;
}

function scrappedQuantity(
  line: BillOfMaterialLine,
  order: { quantity: number; perSeries: number },
): number {
  const variable = line.consumption === 'variable';
  if (line.scrapPercent === 0) {
    return variable
      ? multiplyDivideCeil(line.quantity, order.quantity, order.perSeries)
      : line.quantity;
  }
  const base = BigInt(line.quantity) * (variable ? BigInt(order.quantity) : 1n);
  const numerator = base * BigInt(hundredPercent + line.scrapPercent);
  const divisor = BigInt(hundredPercent) * (variable ? BigInt(order.perSeries) : 1n);
  return Number((numerator + divisor - 1n) / divisor);
}
