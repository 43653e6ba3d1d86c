import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Which room may import which: each entry is a folder and the patterns that it must not import. */
const rooms = [
  {
    files: ['src-shared/**/*.ts'],
    forbidden: ['node:*', 'electron', '@tensorflow/*', '**/src-main/**', '**/src-renderer/**'],
    why: 'src-shared is pure TypeScript and imports only itself and its validator',
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
    files: ['src-main/{store,scheduler,trainer,datasets,figures,engine}/**/*.ts'],
    forbidden: ['**/cli/**', '**/serve/**', '**/desktop/**', '**/src-renderer/**'],
    why: 'cli, serve and desktop put the parts together; the parts do not know them',
  },
];

export default tseslint.config(
  { ignores: ['node_modules/**', 'dist/**', 'test/fixtures/**'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['src-shared/tsconfig.json', 'src-main/tsconfig.json', 'test/tsconfig.json'],
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
    files: ['**/*.mjs', '**/*.js'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      parserOptions: { project: false, program: null },
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly' },
    },
  },
  ...mergeRooms(rooms),
  prettier,
);

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
