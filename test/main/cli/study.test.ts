import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { loadedModules } from '../loaded-modules.ts';
import { type CommandOutcome, kindling } from './command-line.ts';
import { fillStore, STUDY } from './filled-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'kindling-study-'));
const store = join(folder, 'kindling.sqlite');
before(() => fillStore(store));
after(() => rmSync(folder, { recursive: true }));

function json(...parameters: string[]): unknown {
  const { status, stdout, stderr } = kindling([...parameters, '--store', store, '--json']);
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

interface Cell {
  readonly factors: Record<string, number>;
  readonly n: number;
  readonly mean: number | null;
  readonly interval: [number, number] | null;
  readonly parameters: number;
  readonly macs: number;
  readonly runs: { readonly id: string; readonly seed: number; readonly state: string }[];
}

test('study show has one entry per cell, with mean and t interval over its complete runs', () => {
  const cells = json('study', 'show', 'two-by-two') as Cell[];
  assert.deepEqual(
    cells.map(({ factors, n }) => [factors['network.sr'], factors['network.pct3x3'], n]),
    [
      [0.125, 0, 2],
      [0.125, 0.5, 2],
      [1, 0, 2],
      [1, 0.5, 1],
    ],
  );
  const [first, , , last] = cells;
  assert.ok(first?.mean && first.interval);
  // 0.51 +- t(0.975, 1) * s / sqrt(2) with s = 0.02 / sqrt(2): half width 12.7062 * 0.01.
  assert.ok(Math.abs(first.mean - 0.51) < 1e-12);
  assert.ok(Math.abs(first.interval[1] - first.interval[0] - 2 * 0.127062) < 1e-6);
  assert.equal(last?.interval, null);
  assert.deepEqual(
    last?.runs.map(({ seed, state }) => [seed, state]),
    [
      [0, 'complete'],
      [1, 'failed'],
    ],
  );
});

test('study note sets the note of a study from a file or the standard input, and prints it as it is; study tag its tags', () => {
  const note = (...parameters: string[]): CommandOutcome =>
    kindling(['study', 'note', 'two-by-two', ...parameters, '--store', store], { KINDLING_HOME: folder });
  assert.match(note().stderr, /two-by-two has no note/);
  const file = join(folder, 'note.md');
  // spaces that do not break are the user's
  const found = '# Found\n\n- 12\u00a0%\n';
  writeFileSync(file, found);
  assert.equal(note('--file', file).stdout, 'saved: the note of two-by-two\n');
  assert.equal(note().stdout, found);
  assert.equal((json('study', 'note', 'two-by-two') as { text: string }).text, found);
  assert.match(kindling(['study', 'show', 'two-by-two', '--store', store]).stdout, /study note two-by-two/);
  const [listed] = json('study', 'list') as { note: { text: string } }[];
  assert.equal(listed?.note.text, found);

  const tag = (...parameters: string[]): CommandOutcome =>
    kindling(['study', 'tag', 'two-by-two', ...parameters, '--store', store], { KINDLING_HOME: folder });
  assert.match(tag().stderr, /two-by-two has no tags/);
  assert.equal(tag('--add', 'paper', 'first\u00a0look').stdout, 'first\u00a0look\npaper\n');
  assert.equal(tag('--remove', 'paper').stdout, 'first\u00a0look\n');
  assert.deepEqual(json('study', 'tag', 'two-by-two'), ['first\u00a0look']);
  assert.match(tag('--add', 'x'.repeat(61)).stderr, /addTags/);
  assert.equal((json('study', 'list', '--tag', 'first\u00a0look') as unknown[]).length, 1);
  assert.equal((json('study', 'list', '--tag', 'paper') as unknown[]).length, 0);

  writeFileSync(file, 'é'.repeat(100_001));
  const long = note('--file', file);
  assert.deepEqual([long.status, long.stdout], [2, '']);
  assert.match(long.stderr, /note\.md has more than 100,000 characters/);
  assert.match(
    note('--file', join(folder, 'none.md')).stderr,
    /none\.md cannot be read: there is no such file/,
  );
  assert.match(note('--file', folder).stderr, /cannot be read: it is a folder/);
  assert.match(note('--file', '-').stdout, /has no note now/);
});

test('run list has every run with what was promised', () => {
  const runs = json('run', 'list') as Record<string, unknown>[];
  assert.equal(runs.length, 8);
  for (const run of runs) {
    for (const key of [
      'id',
      'study',
      'cell',
      'seed',
      'state',
      'parameters',
      'macs',
      'factors',
      'metrics',
      'startedAt',
      'seconds',
      'engine',
    ]) {
      assert.ok(key in run, key);
    }
  }
  assert.equal((runs[0]?.['metrics'] as { testAccuracy: number }).testAccuracy, 0.5);
  assert.equal((json('run', 'list', '--state', 'failed') as unknown[]).length, 1);
});

test('run show has provenance, artifacts, confusion and series', () => {
  const [run] = json('run', 'list') as { id: string }[];
  assert.ok(run);
  const shown = json('run', 'show', run.id) as Record<string, unknown> & { machine: { cores: number }[] };
  assert.deepEqual(
    shown.machine.map(({ cores }) => cores),
    [4],
  );
  for (const key of ['provenance', 'artifacts', 'confusion', 'series']) assert.ok(shown[key], key);
  const { stdout } = kindling(['run', 'show', run.id, '--store', store]);
  assert.match(stdout, /test +50\.00 %, top 5 90\.00 %, loss 1\.250/);
  assert.match(
    stdout,
    /^spent +steps 80\.0 %, first step 8\.0 %, evaluation 6\.4 %, loading 4\.0 %, waiting 0\.8 %, checkpoints 0\.6 %, other 0\.2 %$/m,
  );
  // recalls 0.9 and 0.8; F1 18/21 and 16/19
  assert.match(stdout, /^balanced +85\.00 % \(mean recall of the classes\), macro F1 84\.96 %$/m);
  assert.match(stdout, /tensorflow-cpu 2\.21\.0 on CPU:0/);
});

test('the readable tables name states, intervals and n, and load no charts', async (context) => {
  let stdout = '';
  const modules = await loadedModules(context, (nodeOptions) => {
    ({ stdout } = kindling(['study', 'show', 'two-by-two', '--store', store], {}, nodeOptions));
  });
  assert.match(modules, /better-sqlite3/);
  assert.doesNotMatch(modules, /echarts|sharp/);
  assert.match(stdout, /SR +3×3 +test accuracy \(%\) +95 % t interval +n +parameters +MACs/);
  assert.match(stdout, /0\.125 +0 +51\.0 ± 12\.7 +38\.3 to 63\.7 +2 /);
  assert.match(stdout, /^1 of 8 runs left out: 1 diverged\.\n {2}SR = 1, 3×3 = 0\.5: 1 diverged$/m);
  assert.match(
    kindling(['study', 'list', '--store', store]).stdout,
    /two-by-two +shapes +4 +7 of 8 complete, 1 diverged/,
  );
});

interface Effects {
  readonly n: number;
  readonly type: number;
  readonly blocked: boolean;
  readonly effects: readonly {
    readonly factors: readonly string[];
    readonly df: number;
    readonly F: number;
    readonly p: number;
    readonly sumOfSquares: number;
    readonly etaSquared: number;
    readonly partialOmegaSquared: number;
    readonly interval: readonly [number, number];
  }[];
  readonly left: readonly string[];
  readonly means: readonly { readonly factors: Record<string, number>; readonly mean: number }[];
  readonly contrasts: readonly { readonly factor: string; readonly t: number; readonly adjustedP: number }[];
  readonly simpleEffects: readonly { readonly at: Record<string, number>; readonly factor: string }[];
}

const CONTRAST = ['--contrast', 'sr: 0.125=-1, 1=1'];

test('study effects has the promised shape, and its numbers are those of statsmodels', () => {
  const found = json(
    'study',
    'effects',
    'two-by-two',
    '--order',
    '1',
    '--at',
    'sr=0.125',
    ...CONTRAST,
  ) as Effects;
  assert.deepEqual([found.n, found.type, found.blocked], [7, 2, true]);
  assert.deepEqual(found.left, ['1 of 8 runs left out: 1 diverged.']);
  assert.deepEqual(
    found.effects.map(({ factors, df }) => [factors, df]),
    [
      [['sr'], 1],
      [['pct3x3'], 1],
    ],
  );
  // anova_lm(ols('y ~ C(sr) + C(pct) + C(seed)', data).fit(), typ=2)
  const [first] = found.effects;
  assert.ok(Math.abs((first?.F ?? NaN) - 48.6) < 1e-6, `${first?.F}`);
  assert.ok(Math.abs((first?.p ?? NaN) - 0.006056848795908) < 1e-10, `${first?.p}`);
  const [contrast] = found.contrasts;
  assert.ok(Math.abs((contrast?.t ?? NaN) ** 2 - 48.6) < 1e-6, `${contrast?.t}`);
  assert.ok(Math.abs((contrast?.adjustedP ?? NaN) - 0.006056848795908) < 1e-10, `${contrast?.adjustedP}`);
  assert.ok((first?.interval[0] ?? NaN) < (first?.partialOmegaSquared ?? NaN));
  assert.deepEqual(
    found.means.map(({ factors }) => factors),
    [{ sr: 0.125 }, { sr: 1 }, { pct3x3: 0 }, { pct3x3: 0.5 }],
  );
  assert.deepEqual(
    found.simpleEffects.map(({ at, factor }) => [at, factor]),
    [[{ sr: 0.125 }, 'pct3x3']],
  );
});

test('study effects says what it cannot do, and why', () => {
  const effects = (...parameters: string[]): ReturnType<typeof kindling> =>
    kindling(['study', 'effects', 'two-by-two', '--store', store, ...parameters]);
  const { stdout } = effects('--margin', '5');
  assert.match(stdout, /^Analysis of variance: 7 of 8 runs, type II, the seed as a block\.$/m);
  assert.match(stdout, /^squeeze ratio × 3×3 share +1 /m);
  assert.match(stdout, /^1 of 8 runs left out: 1 diverged\.$/m);
  assert.match(stdout, /^Squeeze ratio +3×3 share +mean .*\n0\.125 +0 +51\.0 /m);
  assert.match(stdout, /lies within ±5 percentage points/);
  for (const [parameters, reason] of [
    [['--at', 'sr=0.5'], /The value 0\.5 of squeeze ratio is not among these runs; they have 0\.125 and 1\./],
    [['--at', 'sr=1', 'pct3x3'], /--at pct3x3: expected FACTOR=VALUE/],
    [
      ['--numeric', 'bypass'],
      /bypass does not vary among these runs; what does: network\.sr and network\.pct3x3\./,
    ],
    [['--contrast', 'sr: 1=1'], /Contrast "sr: 1=1": the weights \(1 for 1\) add up to 1/],
    [['--margin', 'small'], /--margin small: expected a number above 0/],
    [['--type', '4'], /Allowed choices are 2, 3/],
    [['--metric', 'device'], /contains no numbers/],
  ] as const) {
    const { status, stderr } = effects(...parameters);
    assert.deepEqual([status !== 0, reason.test(stderr)], [true, true], stderr);
  }
});

const PLANNED = STUDY.replace('two-by-two', 'planned');

test('study plan tells what is to be trained, and plans seeds from a pilot', () => {
  const file = join(folder, 'planned.yaml');
  writeFileSync(file, PLANNED.replace('seeds: 2', 'seeds: 7'));
  const found = json(
    'study',
    'plan',
    file,
    '--pilot',
    'two-by-two',
    '--comparisons',
    '1',
    '--margin',
    '2',
  ) as {
    readonly cells: readonly {
      readonly runs: number;
      readonly missing: number;
      readonly parameters: number;
    }[];
    readonly totals: { readonly runs: number; readonly missing: number; readonly freeBytes: number };
    readonly seeds: {
      readonly pilot: { readonly leftOut: number; readonly paired: { readonly degreesOfFreedom: number } };
      readonly answers: readonly { readonly deviation: number; readonly power: number }[];
    };
  };
  assert.deepEqual([found.totals.runs, found.totals.missing], [28, 28]);
  assert.deepEqual([found.seeds.pilot.leftOut, found.seeds.pilot.paired.degreesOfFreedom], [1, 2]);
  // differences of three pairs of seeds 0 and 1, in percent: 2, 3, 3; their variance within is 1/3
  const [estimate, low, high] = found.seeds.answers;
  assert.ok(estimate && low && high);
  assert.ok(Math.abs(estimate.deviation - Math.sqrt(1 / 3)) < 1e-9, String(estimate.deviation));
  assert.ok(low.deviation < estimate.deviation && estimate.deviation < high.deviation);
  assert.ok(low.power > estimate.power && estimate.power > high.power);
});

test('study plan prints tables, and says what it cannot do', () => {
  const file = join(folder, 'planned.yaml');
  writeFileSync(file, PLANNED);
  const plan = (...parameters: string[]): ReturnType<typeof kindling> =>
    kindling(['study', 'plan', file, '--store', store, ...parameters]);
  const { stdout, stderr } = plan();
  assert.match(plan('--seeds', '1').stdout, /^Warning: seeds: with one seed nobody knows/m);
  assert.match(stdout, /^planned: 4 cells, 8 runs$/m, stderr);
  assert.match(stdout, /^0\.2 points +0\.0 % +7 +none$/m);
  assert.match(stdout, /^1 point +0\.0 % +\d+ +none$/m);
  assert.match(stdout, /^With 2 seeds nothing can be significant/m);
  assert.match(plan('--seeds', '12').stdout, /^0\.2 points +> 99\.9 % +7 /m);
  for (const [parameters, reason] of [
    [['--deviation', '0'], /--deviation 0: expected a number above 0\./],
    [['--power', '100'], /--power 100: expected a number above 0 and below 100\./],
    [['--pilot', 'nobody'], /nobody/],
    [['--pilot', 'two-by-two', '--deviation', '1'], /leave out --deviation and --correlation/],
    [['--unpaired', '--correlation', '0.5'], /--correlation: seeds that are not paired have none/],
    [['--metric', 'device'], /contains no numbers/],
  ] as const) {
    const { status, stderr: told } = plan(...parameters);
    assert.deepEqual([status !== 0, reason.test(told)], [true, true], told);
  }
  writeFileSync(file, PLANNED.replace('seeds: 2', 'seeds: { until: { halfWidth: 0.5, max: 12 } }'));
  const rule = plan().stdout;
  assert.match(rule, /^planned: 4 cells, 20 to 48 runs$/m);
  assert.match(rule, / 5 to 12 +5 to 12 /);
  assert.match(rule, /^To train: 20 to 48 runs, .* to .* MACs/m);
  assert.match(rule, /^Disk: .* to .* of checkpoints and .* to .* of curves/m);
  assert.match(rule, /^The seeds are those of the first stage/m);
  writeFileSync(file, STUDY);
  assert.match(plan().stderr, /"two-by-two" has results from other data/);
  writeFileSync(file, STUDY.replace('0.125', '-1'));
  assert.match(plan().stderr, /line 5: vary\.network\.sr\[0\]: -1 is not accepted/);
});

test('study plan plans for a home that is not there yet, and makes none', () => {
  const file = join(folder, 'planned.yaml');
  writeFileSync(file, PLANNED);
  const home = join(folder, 'no', 'home');
  const { status, stdout, stderr } = kindling(['study', 'plan', file], { KINDLING_HOME: home });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^Disk: .* are free/m);
  assert.equal(existsSync(join(folder, 'no')), false);
});

test('the best cell is that of the validation part, and told with its result on the test part', () => {
  // all cells of the store have one validation accuracy, of equals the first is taken: not the best on the test part
  const { stdout } = kindling(['study', 'show', 'two-by-two', '--store', store]);
  assert.match(
    stdout,
    /^Best cell: SR = 0\.125, 3×3 = 0 \(best mean validation accuracy\), test accuracy \(%\) 51\.0 ± 12\.7, n = 2\.$/m,
  );
});

test('a study answers for its file; what else the store holds of it is told, and found on purpose', () => {
  const edited = join(folder, 'edited.sqlite');
  fillStore(edited, STUDY.replace('[0.125, 1]', '[1]').replace('seeds: 2', 'seeds: [1, 2]'));
  const show = (...parameters: string[]): ReturnType<typeof kindling> =>
    kindling([...parameters, '--store', edited]);
  const shown = show('study', 'show', 'two-by-two');
  assert.match(shown.stdout, /^ *0 +58\.0 +– +1 /m);
  assert.match(shown.stdout, /^3 of 4 runs left out: 1 diverged, 2 not begun\.$/m);
  const aside = '6 complete runs of seed 0 and 2 further cells are not in the study file';
  assert.ok(shown.stdout.includes(`${aside}.`), shown.stdout);
  const asJson = show('study', 'show', 'two-by-two', '--json');
  assert.deepEqual(
    (JSON.parse(asJson.stdout) as Cell[]).map(({ n, runs }) => [n, runs.map(({ seed }) => seed)]),
    [
      [1, [1]],
      [0, [1]],
    ],
  );
  assert.ok(asJson.stderr.includes(aside));
  const exported = show('export', 'runs', '--study', 'two-by-two');
  assert.equal(exported.stdout.trimEnd().split('\n').length, 1 + 2);
  assert.ok(exported.stderr.includes(aside));
  const output = join(folder, 'edited');
  assert.equal(show('study', 'export', 'two-by-two', '--output', output).status, 0);
  const lines = (file: string): number =>
    readFileSync(join(output, file), 'utf8').trimEnd().split('\n').length;
  assert.deepEqual([lines('runs.csv'), lines('other-runs.csv'), lines('cells.csv')], [1 + 2, 1 + 6, 1 + 2]);
});

test('an export holds runs, cells, the study file and the figures', () => {
  const output = join(folder, 'paper');
  const { status, stdout, stderr } = kindling([
    'study',
    'export',
    'two-by-two',
    '--store',
    store,
    '--output',
    output,
  ]);
  assert.equal(status, 0, stderr);
  const files = readdirSync(output);
  assert.deepEqual(stdout.trim().split('\n').sort(), files.map((file) => join(output, file)).sort());
  assert.equal(readFileSync(join(output, 'study.yaml'), 'utf8'), STUDY);
  const lines = readFileSync(join(output, 'runs.csv'), 'utf8').trimEnd().split('\n');
  assert.equal(lines.length, 9);
  assert.ok(lines[0]?.startsWith('id,study,cell,seed,state,dataset,network.sr,network.pct3x3,parameters'));
  assert.ok(lines[8]?.includes('"The loss is NaN, ""quoted""."'));
  assert.ok(files.includes('heat-map.svg'));
  const [head, sample] = readFileSync(join(output, 'machine.csv'), 'utf8').split('\n');
  assert.equal(
    head,
    'endedAt,seconds,cores,busyCores,totalBytes,usedBytes,trainer1.run,trainer1.cores,trainer1.memoryBytes,trainer1.imagesPerSecond,trainer1.waitingShare,gpu0.name,gpu0.use,gpu0.usedBytes,gpu0.totalBytes,gpu0.celsius,gpu0.watts',
  );
  assert.match(
    sample ?? '',
    /Z,60,4,2,16000000000,8000000000,a,1,500000000,400,0\.1,NVIDIA A10,0\.5,4000000000,24000000000,50,100$/,
  );
  const { best, cells } = JSON.parse(readFileSync(join(output, 'study.json'), 'utf8')) as {
    best: unknown;
    cells: { cell: string }[];
  };
  assert.deepEqual(best, { cell: cells[0]?.cell, chosenBy: 'best mean validation accuracy' });
  assert.match(readFileSync(join(output, 'heat-map.svg'), 'utf8'), /<svg [^]*<\/svg>\s*$/);
});

test('a study, a run or a store that is not there is a problem', () => {
  const study = kindling(['study', 'show', 'three', '--store', store]);
  assert.equal(study.status, 1);
  assert.match(study.stderr, /^kindling: .*two-by-two/);
  assert.equal(kindling(['run', 'show', 'nothing', '--store', store]).status, 1);
  const missing = kindling(['run', 'list', '--store', join(folder, 'none.sqlite')]);
  assert.equal(missing.status, 1);
  assert.match(missing.stderr, /none\.sqlite/);
});
