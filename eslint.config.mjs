import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import { castingRooms, mayImport, pureRooms, specsMayImport } from './tools/checks/house.mjs';

const allSources = ['libs/**/src/**/*.ts', 'apps/**/src/**/*.ts', 'test/**/*.ts'];
const testCode = ['**/*.spec.ts', 'test/**/*.ts', 'libs/testkit/src/**/*.ts'];
const specs = ['**/*.spec.ts', 'test/**/*.ts'];
const srcOf = (room) => [`libs/${room}/src/**/*.ts`, `libs/*/${room}/src/**/*.ts`];

function boundaries(extraRooms) {
  const rooms = Object.entries(mayImport);
  return {
    '@nx/enforce-module-boundaries': [
      'error',
      {
        // A room's specs import testkit, which imports the room: no cycle of sources.
        ignoredCircularDependencies: rooms
          .filter(([room]) => room !== 'testkit')
          .map(([room]) => [`@tidemark/${room}`, '@tidemark/testkit']),
        depConstraints: rooms.map(([room, allowed]) => ({
          sourceTag: `room:${room}`,
          onlyDependOnLibsWithTags: [...allowed, ...extraRooms].map(tag),
        })),
      },
    ],
  };
}

function tag(room) {
  return `room:${room}`;
}

/** What is forbidden in every room. */
const syntaxBanned = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' },
  {
    selector:
      "CallExpression[callee.property.name=/^(on|once|addListener)$/][arguments.0.value='data']" +
      ' > :function[async=true]',
    message: 'Calls overlap and their errors are lost: read with for await.',
  },
];

/** What is forbidden in the pure rooms besides. */
const syntaxBannedInPure = [
  ...syntaxBanned,
  { selector: ':function[async=true]', message: 'The pure core has no async.' },
  { selector: 'AwaitExpression', message: 'The pure core has no await.' },
  { selector: 'ForOfStatement[await=true]', message: 'The pure core has no await.' },
  { selector: 'ImportExpression', message: 'The pure core loads nothing while it runs.' },
  { selector: 'Decorator', message: 'Decorators live in wire and apps.' },
  {
    selector: 'TSTypeReference[typeName.name=/^(Promise|PromiseLike|Date)$/]',
    message: 'The pure core takes values and returns values.',
  },
  {
    selector: 'TSTypeReference[typeName.name=/^Async(Iterable|Iterator|Generator)/]',
    message: 'The pure core has no async.',
  },
  {
    selector: "MemberExpression[property.name='asyncIterator']",
    message: 'The pure core has no async.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^(localeCompare|toLocale[A-Z].*)$/]',
    message: 'The outcome depends on the machine: use compareText of kernel.',
  },
];

const globalsBannedInPure = [
  'Date',
  'Promise',
  'Intl',
  'console',
  'process',
  'Buffer',
  'performance',
  'crypto',
  'global',
  'globalThis',
  'require',
  'module',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  'queueMicrotask',
  'WeakRef',
  'FinalizationRegistry',
  'Atomics',
  'SharedArrayBuffer',
].map((name) => ({ name, message: 'The pure core takes values and returns values.' }));

const toolGlobals = Object.fromEntries(
  [
    'process',
    'console',
    'performance',
    'setTimeout',
    'clearTimeout',
    'URL',
    'require',
    'module',
  ].map((name) => [name, 'readonly']),
);

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', '.cache/', '.nx/', '**/*.d.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['{tools,infra}/**/*.{mjs,cjs}', '*.mjs'],
    languageOptions: { globals: toolGlobals },
    rules: {
      ...js.configs.recommended.rules,
      'prefer-const': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: allSources,
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: './tsconfig.lint.json', tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@typescript-eslint': tseslint.plugin, '@nx': nx },
    rules: {
      ...js.configs.recommended.rules,
      ...tseslint.configs.eslintRecommended.rules,
      // The compiler says it (noUnusedLocals, noUnusedParameters).
      'no-unused-vars': 'off',
      ...boundaries([]),
      eqeqeq: 'error',
      'prefer-const': 'error',
      'no-var': 'error',
      'no-throw-literal': 'error',
      'no-param-reassign': 'error',
      'no-unused-expressions': 'error',
      'no-restricted-syntax': ['error', ...syntaxBanned],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-namespace': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': 'allow-with-description', minimumDescriptionLength: 10 },
      ],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/no-unsafe-argument': 'error',
      '@typescript-eslint/no-unsafe-assignment': 'error',
      '@typescript-eslint/no-unsafe-call': 'error',
      '@typescript-eslint/no-unsafe-member-access': 'error',
      '@typescript-eslint/no-unsafe-return': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: [...castingRooms.flatMap(srcOf), ...testCode],
    rules: {
      '@typescript-eslint/consistent-type-assertions': [
        'error',
        { assertionStyle: 'as', objectLiteralTypeAssertions: 'allow' },
      ],
    },
  },
  {
    files: pureRooms.flatMap(srcOf),
    ignores: specs,
    rules: {
      'no-restricted-syntax': ['error', ...syntaxBannedInPure],
      'no-restricted-globals': ['error', ...globalsBannedInPure],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'The pure core has no chance in it.' },
      ],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(node:|@nestjs/|rxjs|class-|reflect-metadata|pino|prom-client|kysely)',
              message: 'The pure core holds no effect and no framework.',
            },
          ],
        },
      ],
    },
  },
  { files: specs, rules: boundaries(specsMayImport) },
);
