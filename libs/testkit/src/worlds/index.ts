export { Dice } from './dice.js';
export { colors, randomDimensions, randomItem, warehouses } from './random-items.js';
export type { ItemPlace } from './random-items.js';
export { randomIssue, randomReceipt } from './random-transactions.js';
export { randomWorld } from './random-world.js';
export { shrinkWorld } from './shrink-world.js';
