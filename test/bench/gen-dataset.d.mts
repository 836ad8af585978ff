/** What of the generator the tests use; see its head comment for the events. */
export interface DatasetOrder {
  readonly item: string;
  readonly kind: string;
  readonly quantity: number;
  readonly requirementDate: string;
  readonly orderDate: string;
  readonly deliveryDate: string;
}
export type Dataset = object;
export type DatasetState = object;
export interface DatasetEvent {
  readonly seq: number;
  readonly type: string;
  readonly [key: string]: string | number | object;
}
export function parseArgs(argv: readonly string[]): object;
export function generate(args: object): Dataset;
export function events(dataset: Dataset): Iterable<DatasetEvent>;
export function changes(dataset: Dataset): Iterable<DatasetEvent>;
export function planInput(dataset: Dataset): DatasetState;
export function applyChange(state: DatasetState, event: DatasetEvent): void;
export function referencePlan(state: DatasetState): {
  orders: DatasetOrder[];
  totals: { coverageRows: number };
  hash: string;
};
export function planHash(orders: readonly DatasetOrder[]): string;
export function diffPlans(
  expected: readonly DatasetOrder[],
  actual: readonly DatasetOrder[],
): { missing: unknown; extra: unknown };
