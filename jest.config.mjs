import { swcOptions } from './tools/swc-options.mjs';

export default {
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/libs', '<rootDir>/apps', '<rootDir>/test'],
  testMatch: ['**/src/**/*.spec.ts', '<rootDir>/test/**/*.spec.ts'],
  testEnvironment: 'node',
  // Rooms find each other by their package exports; `source` leads to src, as in the compiler.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  resolver: '<rootDir>/tools/jest/resolver.cjs',
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  modulePathIgnorePatterns: ['/dist/'],
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swcOptions, sourceMaps: 'inline' }] },
  maxWorkers: 2,
  // A busy machine is slow, not wrong: what hangs is ended by the step's own bound.
  testTimeout: 120_000,
  cacheDirectory: '<rootDir>/.cache/jest',
  globalSetup: '<rootDir>/tools/jest/infra-setup.mjs',
  globalTeardown: '<rootDir>/tools/jest/infra-teardown.mjs',
  passWithNoTests: true,
};
