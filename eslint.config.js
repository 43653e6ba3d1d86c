import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';

/** Ways to write numbers and times besides the rooms for them, so that everything has one format. */
const OWN_FORMATS = [
  {
    selector: 'MemberExpression[property.name=/^to(Fixed|Precision|Exponential|Locale(Date|Time)?String)$/]',
    message: 'Numbers are written by src-shared/numbers.ts, times by src-renderer/format/time.ts.',
  },
  {
    selector: 'MemberExpression[object.name="Intl"][property.name=/^(NumberFormat|DateTimeFormat)$/]',
    message: 'Numbers are written by src-shared/numbers.ts, times by src-renderer/format/time.ts.',
  },
];

/** Where a line may end, none ends within a number with its unit. */
const BREAKING = /\d %|^ %|(^|\W)n = /.source;
const NO_BREAK = [
  'Literal[value=',
  'TemplateElement[value.raw=',
  'VElement[name!="script"] > VText[value=',
  'VLiteral[value=',
].map((begin) => ({
  selector: `${begin}/${BREAKING}/]`,
  message: 'Write \\u00a0 (in a template &nbsp;) between a number and %, and at both sides of the = of n.',
}));

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
    files: ['src-*/**'],
    ignores: ['src-shared/numbers.ts', 'src-renderer/format/time.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...OWN_FORMATS],
      'vue/no-restricted-syntax': ['error', ...OWN_FORMATS],
    },
  },
  {
    files: ['src-shared/**', 'src-renderer/**', 'src-main/reports/**'],
    // what LaTeX sets has commands for it
    ignores: ['src-shared/numbers.ts', 'src-renderer/format/time.ts', '**/pgfplots.ts', '**/latex.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...OWN_FORMATS, ...NO_BREAK],
      'vue/no-restricted-syntax': ['error', ...OWN_FORMATS, ...NO_BREAK],
    },
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
  prettier,
);
