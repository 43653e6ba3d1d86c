import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mostRuns } from '../../../src-shared/studies/wanted-runs.ts';
import { decisionNotes, decisionText } from '../../../src-shared/studies/decision-text.ts';
import { formatStudy } from '../../../src-shared/studies/format-study.ts';
import { readStudy } from '../../../src-shared/studies/read-study.ts';
import {
  decideSeeds,
  type SeedDecision,
  type SeedResult,
  type SeedsUntil,
} from '../../../src-shared/studies/seeds-until.ts';
import { writeSeeds } from '../../../src-shared/studies/add-seeds.ts';
import { withSeeds } from '../../../src-shared/studies/with-seeds.ts';

const study = (seeds: string): string =>
  `study: sample\ndataset: shapes\nnetwork: { family: squeezenet }\nvary: { network.sr: [0.25, 0.5] }\nseeds: ${seeds}\n`;

test('a rule for seeds is read with what it leaves out, and written as it was', () => {
  const reading = readStudy(study('{ until: { halfWidth: 0.5, max: 12 } }'));
  assert.ok(reading.ok);
  const { definition, cells } = reading.study;
  assert.deepEqual(definition.until, { halfWidth: 0.5, max: 12, min: 5, metric: 'testAccuracy' });
  assert.deepEqual([definition.seeds, mostRuns(definition, cells)], [[0, 1, 2, 3, 4], 24]);
  // seed 7 is one that the rule may add, seed 20 is not
  const extraSeeds = [{ cells: { 'network.sr': 0.25 }, seeds: [7, 20] }];
  assert.equal(mostRuns({ ...definition, extraSeeds }, cells), 25);
  assert.match(formatStudy(definition), /^seeds: { until: { halfWidth: 0\.5, max: 12 } }$/m);
  const other = readStudy(study('{ until: { halfWidth: 0.1, max: 8, min: 3, metric: testLoss } }'));
  assert.ok(other.ok);
  const again = readStudy(formatStudy(other.study.definition));
  assert.deepEqual(again.ok && again.study.definition, other.study.definition);
  // `--seeds 4`
  const fixed = withSeeds(definition, 4);
  assert.deepEqual([fixed.seeds, fixed.until], [[0, 1, 2, 3], undefined]);
  assert.equal(writeSeeds(study('{ until: { halfWidth: 0.5, max: 12 } }'), fixed), study('4'));
});

test('mistakes of a rule stand at their key', () => {
  const mistakes = (seeds: string): string[] => {
    const reading = readStudy(study(seeds));
    assert.ok(!reading.ok, seeds);
    return reading.mistakes.map(({ path, line, message }) => `${line} ${path.join('.')}: ${message}`);
  };
  assert.deepEqual(mistakes('{ until: { halfWidth: 0, max: 12 } }'), [
    '5 seeds.until.halfWidth: 0 is not accepted; expected more than 0.',
  ]);
  assert.deepEqual(mistakes('{ until: { halfWidth: 1, max: 4 } }'), [
    '5 seeds.until.max: 4 is not accepted; expected at least 5, the seeds of the first stage (min).',
  ]);
  assert.deepEqual(mistakes('{ until: { halfWidth: 1, max: 9, min: 2 } }'), [
    '5 seeds.until.min: 2 is not accepted; expected at least 3.',
  ]);
  assert.match(mistakes('{ until: { halfwidth: 1, max: 9 } }').join(), /did you mean halfWidth\?/);
  assert.match(
    mistakes('{ till: 3 }').join(),
    /seeds\.until: missing; expected \{ halfWidth: 0\.5, max: 12 \}/,
  );
  assert.match(
    mistakes('{ until: { halfWidth: 1, max: 9, metric: accuracy } }').join(),
    /did you mean testAccuracy\?/,
  );
  assert.match(mistakes('0').join(), /expected the number of seeds, .* or \{ until:/);
  const large = study('{ until: { halfWidth: 1, max: 1000 } }').replace(
    '[0.25, 0.5]',
    `[${Array.from({ length: 200 }, (_, at) => (at + 1) / 200).join(', ')}]`,
  );
  const reading = readStudy(large);
  assert.match(
    reading.ok ? '' : (reading.mistakes[0]?.message ?? ''),
    /200,000 runs \(200 cells with as many seeds as they may get\) are more than the limit/,
  );
});

const RULE: SeedsUntil = { halfWidth: 2, max: 12, min: 3, metric: 'testAccuracy' };

function decided(results: readonly SeedResult[], rule: Partial<SeedsUntil> = {}): SeedDecision {
  return decideSeeds({ ...RULE, ...rule }, (seed) => results[seed] ?? null);
}

const short = ({ state, seeds, needed, firstStage }: SeedDecision) => [
  state,
  seeds.join(' '),
  needed,
  firstStage.join(' '),
];

test('the first stage decides once how many seeds a cell gets', () => {
  assert.deepEqual(short(decided([])), ['first stage', '0 1 2', null, '']);
  assert.deepEqual(short(decided([0.5, null, 0.52])), ['first stage', '0 1 2', null, '0 2']);
  // deviation 1 point, t(0.975, 2) = 4.3027: (4.3027 / 2)^2 = 4.63
  const first = [0.5, 0.51, 0.52];
  assert.deepEqual(short(decided(first)), ['second stage', '0 1 2 3 4', 5, '0 1 2']);
  // what comes later is far off and changes nothing
  assert.deepEqual(short(decided([...first, 0.9])), ['second stage', '0 1 2 3 4', 5, '0 1 2']);
  assert.deepEqual(short(decided([...first, 0.9, 0.1])), ['narrow enough', '0 1 2 3 4', 5, '0 1 2']);
  assert.deepEqual(short(decided(first, { halfWidth: 5 })), ['narrow enough', '0 1 2', 3, '0 1 2']);
  assert.deepEqual(short(decided([0.5, 0.5, 0.5])), ['narrow enough', '0 1 2', 3, '0 1 2']);
  const wide = decided([...first, 0.5, 0.5], { halfWidth: 1, max: 5 });
  assert.deepEqual(short(wide), ['most seeds', '0 1 2 3 4', 19, '0 1 2']);
  assert.equal(decisionText(wide), 'wider: ± 1 takes 19 seeds');
  assert.equal(decisionText(decided(first, { halfWidth: 1, max: 5 })), 'all 5 seeds; ± 1 takes 19');
  // in the unit of the metric, where it is no share
  assert.deepEqual(decided(first, { metric: 'testLoss', halfWidth: 0.02 }).needed, 5);
});

test('a diverged run counts for no seed, and the next number takes its place, until too many have', () => {
  assert.deepEqual(short(decided([0.5, 'lost', 0.51])), ['first stage', '0 1 2 3', null, '0 2']);
  const replaced = decided([0.5, 'lost', 0.51, 0.52]);
  assert.deepEqual(short(replaced), ['second stage', '0 1 2 3 4 5', 5, '0 2 3']);
  const later = decided([0.5, 'lost', 0.51, 0.52, 'lost', 0.5, 0.5]);
  assert.deepEqual(short(later), ['narrow enough', '0 1 2 3 4 5 6', 5, '0 2 3']);
  const givenUp = decided(['lost', 'lost', 0.5, 'lost']);
  assert.deepEqual(short(givenUp), ['given up', '0 1 2 3', null, '2']);
  assert.equal(decisionText(givenUp), 'given up: too many of 4 runs have no result');
  assert.deepEqual(decisionNotes([{ decision: replaced }, { decision: givenUp }, {}]), [
    '3 to 12 seeds for a 95\u00a0% interval of at most ± 2 percentage points of test accuracy (Stein’s two stages): of 2 cells 1 in the second stage, 1 given up',
  ]);
});
