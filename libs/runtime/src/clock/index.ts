export * from './company-days.js';
export * from './plan-schedules.js';
export * from './timer.js';
