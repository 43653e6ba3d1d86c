import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { figureCommandLine } from '../../../src-shared/figures/command-line.ts';
import { figureSpecificationSchema } from '../../../src-shared/figures/figure-specification.ts';

function line(source: unknown, chart: unknown, style: unknown = {}): string {
  return figureCommandLine(figureSpecificationSchema.parse({ source, chart, style }));
}

test('what has its default is left out', () => {
  assert.equal(
    line({ kind: 'study', study: 'demo' }, { kind: 'cost' }),
    'kindling figure cost --study demo --output cost.pdf',
  );
  assert.equal(
    line({ kind: 'runs', runs: ['a', 'b'] }, { kind: 'table', metric: 'testLoss' }),
    'kindling figure table --runs a b --metric testLoss --output table.tex',
  );
  assert.equal(
    line(
      { kind: 'study', study: 'demo' },
      { kind: 'anova', order: '1', numeric: ['network.sr'], margin: 0.75 },
    ),
    'kindling figure anova --study demo --order 1 --numeric network.sr --margin 0.75 --output anova.tex',
  );
  assert.equal(
    line({ kind: 'study', study: 'demo' }, { kind: 'effects', type: '3' }),
    'kindling figure effects --study demo --type 3 --output effects.pdf',
  );
});

test('every setting that differs has its option', () => {
  assert.equal(
    line(
      { kind: 'study', study: 'demo' },
      {
        ...{ kind: 'curves', metric: 'loss', x: 'step', smoothing: 0.6, groupBy: ['cell'] },
        ...{ members: true, logX: true, logY: true },
      },
      {
        width: 'custom',
        widthMillimetres: 120,
        aspect: 0.5,
        font: 'serif',
        fontSize: 9,
        notes: false,
        dpi: 600,
      },
    ),
    'kindling figure curves --study demo --metric loss --x step --smoothing 0.6 --group-by cell --members --log-x --log-y' +
      ' --width 120 --aspect 0.5 --font serif --font-size 9 --no-notes --dpi 600 --output curves.pdf',
  );
});

test('a shell reads each word as it is', () => {
  const filter = `sr <= 0.5 and note ~ "it's $HOME"`;
  const command = line({ kind: 'filter', filter }, { kind: 'confusion', perRun: true }, { title: '-a b' });
  const { stdout } = spawnSync('sh', ['-c', command.replace(/^kindling/, String.raw`printf '%s\n'`)], {
    encoding: 'utf8',
  });
  assert.deepEqual(stdout.trimEnd().split('\n'), [
    ...['figure', 'confusion', '--filter', filter, '--per-run', '--title=-a b'],
    ...['--output', 'confusion.pdf'],
  ]);
});
