export { startIntake } from './start-intake.js';
