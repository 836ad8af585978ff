export * from './faulty-line.js';
