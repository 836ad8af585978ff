export * from './change.js';
export * from './entry.js';
export * from './fold-change.js';
export * from './item-journal.js';
export { onHandAt, type StockPlace, type StockPlaces } from './stock.js';
export * from './saved-journal.js';
export * from './take-back.js';
