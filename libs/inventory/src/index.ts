export * from './image.js';
export * from './transaction.js';
