export * from './bill-of-material.js';
export * from './calendar.js';
export * from './coverage-settings.js';
export * from './item.js';
