import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';

/** Which room may import which: each entry is a folder and the patterns that it must not import. */
const rooms = [
  {
    files: ['src-shared/**/*.ts'],
    forbidden: ['node:*', 'electron', '@tensorflow/*', '**/src-main/**', '**/src-renderer/**'],
    why: 'src-shared is pure TypeScript and imports only itself and its validator',
  },
  {
    files: ['src-renderer/**/*.{ts,vue}'],
    forbidden: ['node:*', 'electron', '@tensorflow/*', 'better-sqlite3', '**/src-main/**', '**/scripts/**'],
    why: 'the page knows the contract in src-shared and nothing else',
  },
  ...pageRooms([
    ['format', 'connection', 'theme'],
    ['stores'],
    ['charts', 'components', 'drafts', 'fields', 'figures', 'layers', 'network'],
    ['layout'],
    ['pages'],
  ]),
  {
    files: ['src-main/**/*.ts'],
    forbidden: ['**/src-renderer/**'],
    why: 'the page is built and served, not imported',
  },
  {
    files: ['src-main/**/*.ts'],
    ignores: ['src-main/engine/**', 'src-main/trainer/**', 'src-main/analysis/**'],
    forbidden: ['@tensorflow/*'],
    why: 'TensorFlow.js belongs to engine, trainer and analysis',
  },
  {
    files: ['src-main/**/*.ts'],
    ignores: ['src-main/store/**'],
    forbidden: ['better-sqlite3'],
    why: 'SQL belongs to the store',
  },
  {
    files: ['src-main/**/*.ts'],
    ignores: ['src-main/desktop/**'],
    forbidden: ['electron'],
    why: 'electron belongs to desktop',
  },
  {
    files: [
      'src-main/{compression,datasets,doctor,engine,exports,figures,scheduler,store,trainer,work}/**/*.ts',
    ],
    forbidden: ['**/cli/**', '**/api/*.ts', '**/serve/**', '**/desktop/**', '!**/src-shared/**'],
    why: 'api, cli, serve and desktop put the parts together; the parts do not know them',
  },
  {
    files: ['src-main/api/**/*.ts'],
    forbidden: ['**/cli/**', '**/serve/**', '**/desktop/**'],
    why: 'the application does not know who asks it',
  },
  {
    files: ['src-main/attach/**/*.ts'],
    forbidden: ['**/cli/**', '**/serve/**', '**/desktop/**'],
    why: 'a transport of the application does not know who uses it',
  },
  {
    files: ['src-main/cli/**/*.ts'],
    ignores: ['src-main/cli/open-to-read.ts'],
    forbidden: ['**/store/open-store.ts', '**/scheduler/**', '**/trainer/**'],
    why: 'a command has an application change the store and train (openClient), and itself only reads (openToRead)',
  },
  {
    files: ['src-main/{serve,desktop}/**/*.ts'],
    forbidden: ['**/cli/**', '**/store/**', '**/scheduler/**', '**/trainer/**', '**/engine/**'],
    why: 'serve and desktop are transports of the application and nothing more',
  },
  {
    files: ['src-main/serve/**/*.ts'],
    forbidden: ['**/desktop/**'],
    why: 'serve and desktop stand side by side',
  },
  {
    files: ['src-main/desktop/**/*.ts'],
    forbidden: ['**/serve/**'],
    why: 'serve and desktop stand side by side',
  },
];

export default tseslint.config(
  { ignores: ['node_modules/**', 'dist/**', 'test/fixtures/**'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...vue.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        project: [
          'src-shared/tsconfig.json',
          'src-main/tsconfig.json',
          'src-renderer/tsconfig.json',
          'test/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-floating-promises': 'off' },
  },
  {
    // vue-tsc checks the types of components; the linter sees a component's type only as `any`.
    files: ['**/*.vue'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: { parserOptions: { parser: tseslint.parser, project: false, program: null } },
    rules: { ...tseslint.configs.disableTypeChecked.rules, 'no-undef': 'off' },
  },
  {
    files: ['src-renderer/**'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.js', '**/*.cjs'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      parserOptions: { project: false, program: null },
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly' },
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  ...mergeRooms(rooms),
  prettier,
);

/** Rooms of the page in their order: none imports from a later step. */
function pageRooms(steps) {
  return steps.slice(0, -1).map((names, step) => ({
    files: names.map((name) => `src-renderer/${name}/**/*.{ts,vue}`),
    forbidden: [
      ...steps
        .slice(step + 1)
        .flat()
        .map((name) => `**/${name}/**`),
      '!**/src-shared/**',
    ],
    why: 'the rooms of the page are used in one order, which eslint.config.js states',
  }));
}

/**
 * ESLint keeps only the last `no-restricted-imports` that matches a file, so the rooms are checked
 * by one copy of the rule each, under a name of its own.
 */
function mergeRooms(entries) {
  const rule = js.configs.all && tseslint.plugin.rules['no-restricted-imports'];
  return entries.map(({ files, ignores = [], forbidden, why }, index) => ({
    files,
    ignores,
    plugins: { [`room-${index}`]: { rules: { imports: rule } } },
    rules: { [`room-${index}/imports`]: ['error', { patterns: [{ group: forbidden, message: why }] }] },
  }));
}
