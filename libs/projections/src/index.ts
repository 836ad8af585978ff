export { numberIn, textIn } from './cells.js';
export { churnList } from './churn/churn.js';
export { coverage, coverageList } from './coverage/coverage.js';
export * from './coverage/pegging.js';
export { explosionEdges } from './explosions/explosions.js';
export { WalkDown, WalkUp } from './explosions/explosion-walk.js';
export { nodeCells } from './nodes.js';
export { headsTable, planHeadOf, type PlanHead } from './heads.js';
export { journalsList } from './journal/journal.js';
export { lettersList, parkedList } from './kept/kept.js';
export { messagesList } from './messages/messages.js';
export { orders, ordersList } from './orders/orders.js';
export * from './plans/company-plans.js';
export { plans } from './plans/plans.js';
export * from './projected-event.js';
export * from './projection.js';
export * from './projections.js';
export { Accumulation, movementOf } from './requirements/accumulated.js';
export {
  planStockList,
  requirementCells,
  requirements,
  requirementsList,
} from './requirements/requirements.js';
export { causesList, runsList } from './runs/runs.js';
export { stockList } from './stock/stock.js';
