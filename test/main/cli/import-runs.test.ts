import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ImportAccount } from '../../../src-shared/contract/api/imports.ts';
import type { CellSummary } from '../../../src-shared/runs/summarize-study.ts';
import { kindling } from './command-line.ts';

const home = mkdtempSync(join(tmpdir(), 'kindling-import-'));
after(() => rmSync(home, { recursive: true }));

const run = (...parameters: string[]) => kindling(parameters, { KINDLING_HOME: home });
function ok(...parameters: string[]): string {
  const { status, stdout, stderr } = run(...parameters);
  assert.equal(status, 0, stderr);
  return stdout;
}

const file = join(home, 'widths.csv');
const curves = join(home, 'points.csv');

test('a table and its curves become a study: shown, drawn, exported, and imported again from the export', () => {
  const rows = [16, 32].flatMap((width) =>
    ['sgd', 'adam'].flatMap((optimizer) =>
      [0, 1, 2].map((seed) => {
        const accuracy = width + seed + (optimizer === 'adam' && seed === 1 ? 1 : 0.5);
        return `r${width}${optimizer}${seed},${width},${optimizer},${seed},${accuracy}`;
      }),
    ),
  );
  writeFileSync(file, `name,width,optimizer,seed,test_acc\n${rows.join('\n')}\n`);
  const points = rows.flatMap((row) =>
    [1, 2].map((epoch) => `${row.split(',')[0]},val_acc,${10 * epoch},${epoch},0.${epoch}25`),
  );
  writeFileSync(curves, `run,metric,step,epoch,value\n${points.join('\n')}\n`);
  const told = ok('import', 'runs', file, curves);
  assert.match(told, /width +factor factor\.width +2 +16, 32/);
  assert.match(told, /test_acc +metric testAccuracy: in percent/);
  assert.match(told, /val_acc +validationAccuracy +12 +24/);
  assert.match(told, /widths: 12 runs of 4 cells, from CSV\./);
  assert.match(
    ok('import', 'runs', file, curves),
    /imported before, as the study widths; nothing was imported/,
  );

  // the sweep goes on with a third width, and one result is another
  const grown = join(home, 'grown.csv');
  writeFileSync(grown, `${readFileSync(file, 'utf8')}r64,64,sgd,0,66.5\n`);
  writeFileSync(curves, `${readFileSync(curves, 'utf8')}r64,val_acc,10,1,0.5\n`);
  assert.match(
    ok('import', 'runs', grown, curves, '--dry-run'),
    /13 runs of 5 cells: 12 are in the study widths, to which 1 run would be added\./,
  );
  assert.match(
    run('import', 'runs', grown, '--study', 'widths').stderr,
    /there is no column val_acc, from which/,
  );
  writeFileSync(grown, readFileSync(grown, 'utf8').replace(/,16\.5\n/, ',16.75\n'));
  const { status: refused, stderr: changed } = run('import', 'runs', grown, curves);
  assert.equal(refused, 1);
  assert.match(
    changed,
    /row 2, column test_acc: testAccuracy of this run is 0\.1675 here and 0\.165 in the study/,
  );
  assert.match(changed, /a study of their own, name it \(--study NAME\)/);

  const shown = ok('study', 'show', 'widths');
  assert.match(shown, /^widths \(imported from CSV\): test accuracy/);
  // no cost is known, and none is shown
  assert.doesNotMatch(shown, /parameters|MACs|NaN|null/);
  const cells = JSON.parse(ok('study', 'show', 'widths', '--json')) as CellSummary[];
  assert.deepEqual(
    cells.map(({ factors, n, mean, parameters }) => [
      ...Object.values(factors),
      n,
      mean?.toFixed(6),
      parameters,
    ]),
    [
      [16, 'sgd', 3, '0.175000', null],
      [16, 'adam', 3, '0.176667', null],
      [32, 'sgd', 3, '0.335000', null],
      [32, 'adam', 3, '0.336667', null],
    ],
  );
  const drawn = join(home, 'map.csv');
  ok(
    'figure',
    'heat-map',
    '--study',
    'widths',
    '--x',
    'factor.width',
    '--y',
    'factor.optimizer',
    '--output',
    drawn,
  );
  assert.match(readFileSync(drawn, 'utf8'), /^width,optimizer,.*\n16,sgd,measured,0\.17[45]/);
  for (const [kind, ending] of [
    ['curves', 'svg'],
    ['anova', 'csv'],
    ['table', 'tex'],
  ] as const) {
    const output = join(home, `${kind}.${ending}`);
    const metric = kind === 'curves' ? 'validationAccuracy' : 'testAccuracy';
    ok('figure', kind, '--study', 'widths', '--metric', metric, '--output', output);
    assert.doesNotMatch(readFileSync(output, 'utf8'), /NaN|undefined|MACs/, kind);
  }
  const { status, stderr } = run('figure', 'cost', '--study', 'widths', '--output', join(home, 'cost.svg'));
  assert.equal(status, 2);
  assert.match(stderr, /12 runs without parameters/);
  assert.match(
    ok('export', 'runs', '--filter', 'factor.width>16 factor.optimizer:adam imported:CSV'),
    /^id,study(.*\n){4}$/,
  );
  const { status: analysed, stderr: why } = run('analyze', '--study', 'widths', '--methods', 'probe');
  assert.equal(analysed, 2);
  assert.match(why, /imported/);
  ok('study', 'export', 'widths', '--output', join(home, 'out'));

  const exported = join(home, 'exported.json');
  ok('export', 'runs', '--study', 'widths', '--format', 'json', '--points', '--output', exported);
  const again = JSON.parse(ok('import', 'runs', exported, '--study', 'again', '--json')) as ImportAccount;
  assert.deepEqual([again.runs, again.cells, again.format], [12, 4, 'Kindling, JSON']);
  const copy = JSON.parse(ok('study', 'show', 'again', '--json')) as CellSummary[];
  const figures = (all: CellSummary[]): unknown =>
    all.map(({ factors, mean, interval, n }) => [factors, mean, interval, n]);
  assert.deepEqual(figures(copy), figures(cells));
});

test('a metric that Kindling does not measure is shown, drawn, filtered by and exported like any other', () => {
  const text = join(home, 'text.csv');
  const rows = [1, 2].flatMap((width) =>
    [0, 1, 2].map((seed) => `${width},${seed},${30 * width + seed},${seed}`),
  );
  writeFileSync(text, `width,seed,BLEU,gap\n${rows.join('\n')}\n`);
  const { status, stderr } = run('import', 'runs', text, '--metric', 'BLEU=BLEU', 'gap=gap');
  assert.equal(status, 2);
  assert.match(stderr, /say which values are better: gap=higher\.gap, or lower\./);
  const told = ok('import', 'runs', text, '--metric', 'BLEU=BLEU', 'gap=lower.gap');
  assert.match(told, /BLEU +metric higher\.BLEU/);
  assert.match(told, /gap is no metric of Kindling’s: lower values count as better/);
  assert.match(
    ok('study', 'show', 'text'),
    /imported from CSV\): BLEU[\s\S]*Best cell: width = 2 \(best mean BLEU, .*unknown\)/,
  );
  const effects = JSON.parse(ok('study', 'effects', 'text', '--metric', 'lower.gap', '--json')) as {
    n: number;
  };
  assert.equal(effects.n, 6);
  const drawn = join(home, 'factor.csv');
  ok('figure', 'factor', '--study', 'text', '--output', drawn);
  assert.match(readFileSync(drawn, 'utf8'), /^width,.*\n1,.*31/);
  const exported = ok('export', 'runs', '--filter', 'higher.bleu>=61');
  assert.match(exported, /^id,study.*,higher\.BLEU,lower\.gap,.*(\n.*,6[12],.*){2}\n$/);
});

test('a metric of its own has curves: drawn whatever its case, shown, exported, and imported again from the export', () => {
  const file = join(home, 'translation.json');
  const runs = [64, 128].flatMap((width) =>
    [0, 1, 2].map((seed) => ({
      ...{ name: `r${width}-${seed}`, width, seed },
      history: [1, 2].map((epoch) => ({
        ...{ step: 10 * epoch, epoch },
        'val/bleu': width / 4 + seed + epoch,
      })),
    })),
  );
  writeFileSync(file, JSON.stringify(runs));
  assert.match(ok('import', 'runs', file), /val\/bleu +higher\.val_bleu +6 +12/);
  const drawn = join(home, 'bleu.csv');
  const draw = ['figure', 'curves', '--study', 'translation', '--output', drawn];
  ok(...draw, '--metric', 'higher.VAL_bleu', '--group-by', 'cell');
  // mean of the seeds 0, 1, 2 in the first epoch: 16 + 1 + 1
  assert.match(readFileSync(drawn, 'utf8'), /^line,runs?,epoch,val_bleu.*\nwidth = 64,.*,1,18,/);
  const { stderr } = run(...draw, '--metric', 'higher.rouge');
  assert.match(stderr, /no curves of "higher\.rouge"; available: .*, higher\.val_bleu\.\n/);
  const points = ok(
    'export',
    'runs',
    '--study',
    'translation',
    '--format',
    'points',
    '--output',
    join(home, 'p.csv'),
  );
  assert.match(points, /p\.csv/);
  assert.match(readFileSync(join(home, 'p.csv'), 'utf8'), /,higher\.val_bleu,20,2,18\n/);
  const exported = join(home, 'p.json');
  ok('export', 'runs', '--study', 'translation', '--format', 'json', '--points', '--output', exported);
  assert.match(
    ok('import', 'runs', exported, '--study', 'translated'),
    /higher\.val_bleu +higher\.val_bleu +6 +12/,
  );
  const [first] = JSON.parse(ok('run', 'list', '--json')) as { id: string; study: string }[];
  assert.match(ok('run', 'show', first?.id ?? ''), /epoch/);
});

test('what is wrong is told with row and column, and nothing is imported', () => {
  const bad = join(home, 'bad.csv');
  writeFileSync(bad, 'width,seed,test_acc\n1,0,0.5\n1,1,nan\n2,x,0.7\n1,0,0.6\n');
  const { status, stderr } = run('import', 'runs', bad, '--factor', 'width', '--seed', 'seed');
  assert.equal(status, 1);
  assert.match(stderr, /row 3, column test_acc: it is NaN or infinite/);
  assert.match(stderr, /row 4, column seed: x is no seed/);
  assert.match(stderr, /row 5, column seed: row 2 has the same cell \(width = 1\) and seed \(0\)/);
  assert.doesNotMatch(ok('study', 'list'), /bad/);
  const dry = run('import', 'runs', bad, '--dry-run');
  assert.equal(dry.status, 0);
  assert.match(dry.stdout, /3 mistakes, with which nothing would be imported/);
  assert.match(dry.stdout, /no seed.*\n(?:.*\n)?Leave the run out, or keep .*--keep-incomplete/);
  const wrong = run('import', 'runs', bad, '--metric', 'test_acc=testAcuracy');
  assert.match(wrong.stderr, /no metric testAcuracy; did you mean testAccuracy\?/);
});
