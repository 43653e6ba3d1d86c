import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { curveMetrics } from '../../src-shared/metrics/metrics.ts';
import { families } from '../../src-shared/networks/families.ts';
import { runColumns } from '../../src-shared/runs/run-columns.ts';
import { recipeSchema } from '../../src-shared/studies/recipe.ts';
import { studySchema } from '../../src-shared/studies/study-schema.ts';
import { visibleTexts } from './visible-texts.ts';

const glossary = fs.readFileSync(path.join(import.meta.dirname, '../../docs/glossary.md'), 'utf8');
const [terms = '', replaced = ''] = glossary.split('## Words to avoid');

test('every name that files, filters and columns have for something stands in the glossary', () => {
  const study = studySchema.parse({ study: 'words', dataset: 'shapes', network: {} });
  const names = [
    ...[...Object.keys(studySchema.shape), ...Object.keys(study.data)],
    ...Object.values(families).flatMap(({ schema }) => Object.keys(schema.shape)),
    ...Object.keys(recipeSchema.shape),
    ...[...runColumns.map(({ key }) => key), ...curveMetrics],
  ];
  assert.deepEqual(
    names.filter((name) => !terms.includes(`\`${name}\``)),
    [],
  );
});

test('words that the glossary replaces stand in no page, help, message or other text', () => {
  const avoided = wordsToAvoid();
  assert.ok(avoided.length > 4);
  const found = visibleTexts()
    .filter(({ file }) => !file.endsWith('glossary.md'))
    .flatMap(({ file, text }) =>
      avoided.flatMap(({ words, pattern }) => (pattern.test(text) ? [`${file}: ${words}`] : [])),
    );
  assert.deepEqual(found, []);
});

/** The second column of the last table; `…` is any ending. */
function wordsToAvoid(): { readonly words: string; readonly pattern: RegExp }[] {
  return replaced
    .split('\n')
    .filter((line) => /^\| (?!use |-)/.test(line))
    .flatMap((line) => line.split('|')[2]?.split(',') ?? [])
    .map((words) => words.trim())
    .map((words) => ({
      words,
      pattern: new RegExp(
        `\\b${words.replaceAll(' ', '\\s+').replaceAll('…', '\\w*')}${words.endsWith('…') ? '' : '\\b'}`,
        'i',
      ),
    }));
}
