export { startPlanner } from './start-planner.js';
