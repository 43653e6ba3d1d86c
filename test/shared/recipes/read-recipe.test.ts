import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showPlaced } from '../../../src-shared/mistakes/show-mistake.ts';
import { readRecipe } from '../../../src-shared/recipes/read-recipe.ts';

const GOOD = `recipe: little
steps:
  - { name: clusters, method: clusters, settings: { clusters: 3 } }
  - { name: probe, method: probe }
figures:
  - name: depth
    of: clusters
    chart: { kind: depth, measure: clusters/cross-entropy }
tables:
  - { name: numbers, of: probe }
`;

function mistakesOf(text: string): string[] {
  const reading = readRecipe(text);
  assert.ok(!reading.ok);
  return reading.mistakes.map(showPlaced);
}

test('a recipe has its defaults', () => {
  const reading = readRecipe(GOOD);
  assert.ok(reading.ok);
  const { steps, figures, tables, pictures, formats } = reading.recipe;
  assert.deepEqual(steps[1], { name: 'probe', method: 'probe', settings: {}, atMost: {} });
  assert.deepEqual([figures[0]?.caption, figures[0]?.style.width], ['', 'one column']);
  assert.deepEqual([tables[0]?.measures, pictures, formats], [null, [], ['svg', 'pdf']]);
});

test('every mistake is told with its line', () => {
  assert.deepEqual(
    mistakesOf(
      GOOD.replace('method: probe }', 'method: probe, layer: conv1 }').replace('of: probe', 'from: probe'),
    ),
    [
      'line 4: steps[1].layer: there is no such key; the keys here are name, method, settings, atMost.',
      'line 10: tables[0].of: missing; expected text.',
      'line 10: tables[0].from: there is no such key; the keys here are name, of, caption, measures.',
    ],
  );
  assert.deepEqual(mistakesOf(GOOD.replace('of: probe', 'of: prob')), [
    'line 10: tables[0].of: there is no step "prob" (did you mean "probe"?); the steps are clusters, probe.',
  ]);
  assert.match(
    mistakesOf(GOOD.replace('name: probe', 'name: clusters')).join(),
    /^line 4: .*another one already/,
  );
  assert.match(
    mistakesOf(GOOD.replace('kind: depth', 'kind: dept')).join(),
    /line 8: figures\[0\]\.chart\.kind/,
  );
  assert.match(mistakesOf(GOOD.replace('name: depth', 'name: ../depth')).join(), /line 6: .*small letters/);
  assert.match(mistakesOf('- a list').join(), /it must contain keys such as recipe, steps and figures/);
  assert.match(mistakesOf('recipe: a: b').join(), /^line 1: /);
});
