import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Continuation, continueImport } from '../../../src-shared/imports/continue-import.ts';
import { columnNames } from '../../../src-shared/imports/foreign-runs.ts';
import { type ImportSettings, importSettingsSchema } from '../../../src-shared/imports/import-settings.ts';
import { type KnownImport, settingsOfStudy } from '../../../src-shared/imports/known-import.ts';
import { possibleFactors, planImport } from '../../../src-shared/imports/plan-import.ts';
import { foreignTable, planned } from './foreign-table.ts';

const SWEEP = `
name,State,width,lr,seed,test_acc,host
a,finished,16,0.1,0,81.25,x
b,crashed,16,0.1,1,,x
c,finished,32,0.1,0,83.5,x
d,running,32,0.1,1,,x
`;

/** A study as the store has it after these runs were imported. */
function study(text: string, settings: Partial<ImportSettings> = {}): KnownImport {
  const { definition, cells, runs, mistakes } = planned(text, settings);
  assert.deepEqual(mistakes, []);
  return { definition, text: '', cells, runs: runs.map((run) => ({ ...run, hasCurves: false })) };
}

function continued(known: KnownImport, text: string, settings: Partial<ImportSettings> = {}): Continuation {
  const source = foreignTable(text);
  const given = importSettingsSchema.parse(settings);
  const own = settingsOfStudy(known, columnNames(source.runs), given);
  assert(typeof own === 'object');
  const plan = planImport(source, own, 'sample', true);
  const others = possibleFactors(source, given).filter((column) => !own.factors?.includes(column));
  return continueImport(source, plan, known, others);
}

const told = ({ plan }: Continuation): string[] =>
  plan.mistakes.map(({ place, column, message }) => `${place ?? '-'}, ${column ?? '-'}: ${message}`);

test('of a sweep that was exported again only what is new is added, whatever its order', () => {
  const known = study(SWEEP);
  assert.equal(continued(known, SWEEP).plan.runs.length, 0);
  const grown = `
name,host,State,width,lr,seed,test_acc
f,x,finished,64,0.1,0,90
e,x,finished,16,0.1,1,82
d,x,finished,32,0.1,1,84
b,x,crashed,16,0.1,1,
c,x,finished,32,0.1,0,83.5
g,x,failed,64,0.1,1,
a,x,finished,16,0.1,0,81.25
`;
  const { plan, known: count, missing } = continued(known, grown);
  assert.deepEqual([plan.mistakes, count, missing], [[], 3, 0]);
  const idOf = (width: number): string | undefined =>
    known.cells.find(({ factors }) => factors['factor.width'] === width)?.id;
  assert.deepEqual(
    plan.runs.map(({ note, cell, seed, state }) => [note, cell, seed, state]),
    [
      ['f', plan.cells[0]?.id, 0, 'complete'],
      ['e', idOf(16), 1, 'complete'],
      ['d', idOf(32), 1, 'complete'],
      ['g', plan.cells[0]?.id, 1, 'failed'],
    ],
  );
  assert.equal(idOf(64), undefined);
  const [addition] = plan.definition.imported.additions ?? [];
  assert.equal(addition?.runs, 4);
  assert.deepEqual(addition.notes, [
    '1 run that did not finish has the cell and seed of one that did, which counts: row 5 (complete: row 3).',
    '2 runs that had not finished when the study was imported have finished since, or been repeated: row 3 and 1 more.',
  ]);
  assert.deepEqual(plan.definition.factors, known.definition.factors);
});

test('part of the runs, of one value of a factor, continue their study; what is not in the file stays', () => {
  const { plan, missing } = continued(
    study(SWEEP),
    'name,State,width,lr,seed,test_acc\nc,finished,32,0.1,0,83.5\nh,finished,32,0.1,2,84\n',
  );
  assert.deepEqual([told({ plan, known: 0, missing }), plan.runs.length, missing], [[], 1, 1]);
  assert.match(
    plan.definition.imported.additions?.[0]?.notes.join(' ') ?? '',
    /1 complete run of the study are not/,
  );
});

test('a result that changed is a mistake with its row, and so is a factor that the study does not have', () => {
  const known = study(SWEEP);
  const changed = continued(known, SWEEP.replace('83.5', '83.6'));
  assert.deepEqual(
    [told(changed), changed.plan.runs],
    [
      [
        'row 4, test_acc: testAccuracy of this run is 0.836 here and 0.835 in the study, and a run that finished never changes.',
      ],
      [],
    ],
  );
  const further = [2, 3, 4].flatMap((seed) =>
    [16, 32].map((width) => `n${seed}-${width},finished,${width},0.2,${seed},80,x`),
  );
  assert.deepEqual(told(continued(known, `${SWEEP.trim()}\n${further.join('\n')}\n`)), [
    'row 6, lr: it is "0.2", and "0.1" in every run that the study has, so it may be a factor that the study does not have.',
  ]);
});

test('without seeds runs are known by their results, and their numbers go on', () => {
  const rows = ['1,0.5', '1,0.6', '2,0.7', '2,0.7'];
  const table = (all: readonly string[]): string => `width,test_acc\n${all.join('\n')}\n`;
  const known = study(table(rows), { seed: false });
  const grown = continued(known, table(['1,0.55', ...rows, '2,0.7']));
  assert.deepEqual(told(grown), []);
  assert.deepEqual(
    grown.plan.runs.map(({ seed, metrics }) => [seed, metrics.testAccuracy]),
    [
      [2, 0.55],
      [2, 0.7],
    ],
  );
  assert.match(
    told(continued(known, table(['1,0.5', '1,0.61', '2,0.7', '2,0.7'])))[0] ?? '',
    /^row 3, -: 1 run of its cell \(width = 1\) in the study has results that are not in this file/,
  );
});

test('a file is read as the study was, or it is told why it cannot be', () => {
  const known = study(SWEEP.replaceAll(',16,', ',016,').replaceAll(',32,', ',032,'), {
    factors: ['width'],
    metrics: { test_acc: 'testAccuracy' },
  });
  const refusal = (given: Partial<ImportSettings>, text = SWEEP): string => {
    const own = settings(given, text);
    return typeof own === 'string' ? own : '';
  };
  const settings = (given: Partial<ImportSettings>, text = SWEEP) =>
    settingsOfStudy(known, columnNames(foreignTable(text).runs), importSettingsSchema.parse(given));
  const own = settings({});
  assert(typeof own === 'object');
  // widths that are names stay names, even if those of the file could be numbers
  assert.deepEqual(
    [own.factors, own.text, own.seed, own.metrics],
    [['width'], ['width'], 'seed', { test_acc: 'testAccuracy' }],
  );
  assert.deepEqual(settings({ factors: ['width'], seed: 'seed' }), { ...own, study: 'sample' });
  assert.match(
    refusal({ factors: ['width', 'lr'] }),
    /has other columns as factors, seed or metrics: width, test_acc, seed/,
  );
  assert.match(refusal({ seed: false }), /other columns/);
  assert.match(refusal({}, SWEEP.replace('test_acc', 'acc')), /no column test_acc/);
});
