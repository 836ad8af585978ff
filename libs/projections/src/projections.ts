import { churn } from './churn/churn.js';
import { coverage } from './coverage/coverage.js';
import { explosions } from './explosions/explosions.js';
import { journal } from './journal/journal.js';
import { kept } from './kept/kept.js';
import { messages } from './messages/messages.js';
import { orders } from './orders/orders.js';
import { plans } from './plans/plans.js';
import type { Projection } from './projection.js';
import { requirements } from './requirements/requirements.js';
import { runs } from './runs/runs.js';
import { stock } from './stock/stock.js';

export const projectionNames = [
  'plans',
  'orders',
  'requirements',
  'coverage',
  'messages',
  'runs',
  'churn',
  'explosions',
  'stock',
  'journal',
  'kept',
] as const;
export type ProjectionName = (typeof projectionNames)[number];

/** Every read model there is: a new one is a folder and a line here. */
export const projections: Readonly<Record<ProjectionName, Projection>> = {
  plans,
  orders,
  requirements,
  coverage,
  messages,
  runs,
  churn,
  explosions,
  stock,
  journal,
  kept,
};
