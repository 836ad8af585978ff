import {
  churnList,
  coverageList,
  messagesList,
  ordersList,
  planStockList,
  requirementsList,
  runsList,
  type ListedTable,
} from '@tidemark/projections';

export const planListNames = [
  'orders',
  'requirements',
  'coverage',
  'messages',
  'stock',
  'churn',
  'revisions',
] as const;
export type PlanListName = (typeof planListNames)[number];

/** The lists of a plan, by the name that readers ask for. */
export const planLists: Readonly<Record<PlanListName, ListedTable>> = {
  orders: ordersList,
  requirements: requirementsList,
  coverage: coverageList,
  messages: messagesList,
  stock: planStockList,
  churn: churnList,
  revisions: runsList,
};

/** Lists whose whole length stands at the head of the plan. */
export const countedLists: ReadonlySet<PlanListName> = new Set([
  'orders',
  'requirements',
  'coverage',
  'messages',
]);
