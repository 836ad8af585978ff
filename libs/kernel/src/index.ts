export * from './dimensions.js';
export * from './identity.js';
export * from './invariant.js';
export * from './order.js';
export * from './plan-day.js';
export * from './quantity.js';
export * from './result.js';
export * from './saved-state.js';
