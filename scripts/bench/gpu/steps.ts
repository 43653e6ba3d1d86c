import path from 'node:path';
import { z } from 'zod';
import { counted } from '../../../src-shared/counted.ts';
import { GROUPS, LAYOUT } from '../../../src-main/engine/engines/tensorflow/gpu-choices.ts';
import { IMAGES_ON_DEVICE } from '../../../src-main/engine/images-way.ts';
import type { EngineInstallation } from '../../../src-main/engine/installations/installation.ts';
import { STEPS_A_CALL } from '../../../src-main/engine/most-steps.ts';
import { TENSOR_FLOAT_32 } from '../../../src-main/engine/tensor-float-32.ts';
import { isTraced } from '../profile/traced-run.ts';
import type { Step } from './step.ts';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const KINDLING = path.join(ROOT, 'bin', 'kindling.mjs');

/** Tests that hold on whatever engine is chosen: operations, gradients, PyTorch's numbers, compiled steps and their guard. */
const ENGINE_TESTS = [
  'operations',
  'finite-differences',
  'model',
  'compiled-step',
  'guarded-training',
  'side-by-side',
  'pictures-of-bytes',
  'several-steps',
];

const NETWORKS = ['squeezenet', 'squeezenet-batch-norm', 'mobilenet-v1', 'shufflenet-v1'];

/** How many steps a call takes at most, where the images lie on the device. */
const STEPS_A_CALLS = [1, 4, 16];

/** Of the seeds of a study, how many are trained at once on one card. */
const JOBS = [1, 2, 4, 8];

export interface StepsWanted {
  readonly engine: EngineInstallation;
  /** In which a process computes with the engine. */
  readonly environment: Readonly<Record<string, string>>;
  /** Data set of the studies, as `dataset list` has it. */
  readonly data: string;
  /** Of the studies' store and files; empty. */
  readonly folder: string;
  /** Little of everything: whether it works, not how fast it is. */
  readonly quick: boolean;
}

export interface StudyFile {
  readonly file: string;
  readonly text: string;
}

/** The studies that the steps train. */
export function studyFiles({ data, folder, quick }: StepsWanted): StudyFile[] {
  const narrow = quick ? ', stemFilters: 16, baseE: 16, incrE: 16' : '';
  const network = `{ family: squeezenet, version: 1.1, stem: small, batchNorm: true, dropout: 0${narrow} }`;
  const small = quick ? 'data: { trainingLimit: 256 }\n' : '';
  const study = (name: string, rest: string): StudyFile => ({
    file: path.join(folder, `${name}.yaml`),
    text: `study: ${name}\ndataset: ${data}\nnetwork: ${network}\n${small}${rest}`,
  });
  const names = [...JOBS.map((count) => `jobs-${count}`), ...imagesWays(true).map(({ name }) => name)];
  const short = names.map((name) =>
    study(
      name,
      `vary: { network.sr: [0.125] }\nseeds: ${Math.max(...JOBS)}\ntraining: { epochs: ${quick ? 1 : 3}, batch: 128 }\n`,
    ),
  );
  const whole = study(
    'whole',
    `vary: { network.sr: [0.125, 0.5] }\nseeds: ${quick ? 1 : 3}\ntraining: { epochs: ${quick ? 1 : 15}, batch: 128, augment: [crop, flip] }\n`,
  );
  const sweep = study('sweep', sweepOf(quick));
  return [whole, ...short, sweep];
}

/** 20 cells of six seeds, 15 epochs: a study that a card should end in minutes. */
function sweepOf(quick: boolean): string {
  const cells = quick
    ? 'network.sr: [0.125, 0.5]'
    : 'network.sr: [0.125, 0.25, 0.5, 0.75, 1], network.pct3x3: [0.25, 0.5, 0.75, 1]';
  return `vary: { ${cells} }\nseeds: ${quick ? 2 : 6}\ntraining: { epochs: ${quick ? 1 : 15}, batch: 128, augment: [crop, flip] }\n`;
}

/** What is tried and measured with one engine, in this order. */
export function stepsWith(wanted: StepsWanted): Step[] {
  const { engine, folder, quick } = wanted;
  // programs of ours give those that compute their environment themselves; PyTorch, which benches start, has its own
  const chosen = { KINDLING_ENGINE: engine.name };
  const store = ['--store', path.join(folder, 'store.sqlite')];
  const kindling = (
    name: string,
    about: string,
    result: (output: string) => string,
    ...parameters: string[]
  ): Step => ({
    ...{ name, about, result, environment: chosen },
    command: [KINDLING, ...store, ...parameters],
  });
  const run = (study: string, ...parameters: string[]): string[] => [
    ...['study', 'run', path.join(folder, `${study}.yaml`), '--output', folder],
    ...parameters,
  ];
  /** A bench of ours that answers in JSON. */
  const toldBy = (
    { name, about, environment = {} }: Pick<Step, 'name' | 'about'> & Partial<Pick<Step, 'environment'>>,
    ...parameters: string[]
  ): Step => ({
    ...{ name, about, environment: { ...chosen, ...environment } },
    command: [path.join(ROOT, 'scripts', 'run.mjs'), 'bench', ...parameters, '--json'],
    result: () => 'in the table below',
  });
  const bench = (step: Parameters<typeof toldBy>[0], ...parameters: string[]): Step =>
    toldBy(step, ...parameters, ...howLong);
  const networks = (names: readonly string[]): string[] => names.flatMap((name) => ['--network', name]);
  const howLong = quick
    ? ['--batch', '8', '--rounds', '1', '--seconds', '0.2']
    : ['--batch', '128', '--batch', '512'];
  const compared = quick ? ['demo-1-1'] : NETWORKS;
  const isTensorFlow = engine.engine === 'tensorflow';
  const isOnGpu = engine.kind === 'gpu';
  /** A bench of what TensorFlow can choose on an NVIDIA card alone. */
  const onCard = (...of: Parameters<typeof bench>): Step[] => (isTensorFlow && isOnGpu ? [bench(...of)] : []);
  const hasImagesOnDevice = isTensorFlow || engine.engine === 'webgpu';
  const speed = ['train', ...networks(compared), ...(quick ? ['--no-compile'] : [])];
  const fuse = [
    ...['fuse', ...networks(compared)],
    ...[...(quick ? [] : ['--networks', '6']), '--networks', '2'],
  ];
  const profile = ['profile', ...networks(compared), ...(quick ? ['--batch', '8', '--steps', '2'] : [])];
  return [
    {
      ...kindling('doctor', 'what is installed, and whether it computes', checkCounts, 'doctor', '--json'),
      failure: missingChecks,
    },
    {
      ...{ name: 'tests', about: 'tests of the engine' },
      // they compute in the process that is started; their tolerances are those of float32
      environment: { ...chosen, ...wanted.environment, [TENSOR_FLOAT_32]: '0' },
      command: [
        ...['--test', '--test-reporter=tap'],
        ...(quick ? ['--test-name-pattern=biasAdd|entropy|logits'] : []),
        ...ENGINE_TESTS.map((test) => path.join(ROOT, 'test', 'main', 'engine', `${test}.test.ts`)),
      ],
      result: testCounts,
      failure: failedTests,
    },
    toldBy(
      { name: 'operations', about: 'what a recorded step consists of' },
      ...['operations', ...networks(compared)],
    ),
    bench(
      { name: 'speed', about: 'images/s beside PyTorch on the same device' },
      ...[...speed, ...(isTensorFlow ? ['--xla'] : [])],
    ),
    ...(isTraced(engine.engine)
      ? [toldBy({ name: 'profile', about: 'where the time of a step goes' }, ...profile)]
      : []),
    ...(isTensorFlow
      ? [toldBy({ name: 'profile-xla', about: 'the same, compiled by XLA' }, ...profile, '--xla')]
      : []),
    ...onCard(
      {
        name: 'speed-nhwc',
        about: 'ours, with maps as they are recorded',
        environment: { [LAYOUT]: 'nhwc' },
      },
      ...[...speed, '--no-pytorch', '--xla'],
    ),
    ...onCard(
      {
        ...{ name: 'speed-float32', about: 'the same, products not rounded to TensorFloat-32' },
        environment: { [TENSOR_FLOAT_32]: '0' },
      },
      ...['train', ...networks(['squeezenet'])],
    ),
    ...(isTensorFlow
      ? [
          bench(
            {
              name: 'speed-bfloat16',
              about: 'the same in bfloat16, beside float32 and PyTorch under autocast',
            },
            ...[...speed, '--precision', 'bfloat16'],
          ),
        ]
      : []),
    bench({ name: 'fuse', about: 'networks side by side in one step' }, ...fuse),
    ...onCard(
      {
        name: 'fuse-nhwc',
        about: 'the same, with maps as they are recorded',
        environment: { [LAYOUT]: 'nhwc' },
      },
      ...fuse,
    ),
    ...onCard(
      {
        ...{ name: 'fuse-convolutions', about: 'that with 1x1 convolutions as such, not as products' },
        environment: { [GROUPS]: 'convolutions', [LAYOUT]: 'nhwc' },
      },
      ...fuse,
    ),
    ...onCard(
      {
        ...{ name: 'fuse-apart', about: 'the same, with 3x3 convolutions of one network after the other' },
        environment: { [GROUPS]: 'apart' },
      },
      ...fuse,
    ),
    kindling('study', 'a study, its table and figures', bestCell, ...run('whole')),
    ...(isTensorFlow
      ? [
          kindling(
            'analyses',
            'representation measures of all layers of its runs',
            done,
            ...['analyze', '--study', 'whole', '--images', quick ? '50' : '2000'],
          ),
        ]
      : []),
    ...JOBS.map((count) =>
      kindling(
        `jobs-${count}`,
        `${Math.max(...JOBS)} runs, ${count} at once`,
        done,
        ...run(`jobs-${count}`, '--jobs', String(count)),
      ),
    ),
    ...(hasImagesOnDevice ? imagesWays(isOnGpu) : []).map(({ name, about, environment }) => ({
      ...kindling(name, `those of jobs-1, ${about}`, done, ...run(name, '--jobs', '1')),
      environment: { ...chosen, ...environment },
    })),
    kindling(
      'sweep',
      `${quick ? '2 cells, 2' : '20 cells, six'} seeds, as many at once and in one step as is measured to be fastest`,
      bestCell,
      ...run('sweep', '--jobs', 'auto', '--fuse', 'auto'),
    ),
  ];
}

const done = (): string => 'done';

/** Ways in which runs get their images: on the device so many steps a call, and from the host where `jobs-1` has them on the device. */
function imagesWays(isOnGpu: boolean): Pick<Step, 'name' | 'about' | 'environment'>[] {
  const onDevice = STEPS_A_CALLS.map((steps) => ({
    name: `images-${steps}`,
    about: `their images on the device, at most ${counted(steps, 'step')} a call`,
    environment: { [IMAGES_ON_DEVICE]: '1', [STEPS_A_CALL]: String(steps) },
  }));
  const fromHost = {
    ...{ name: 'images-host', about: 'their images prepared by the host' },
    environment: { [IMAGES_ON_DEVICE]: '0' },
  };
  return isOnGpu ? [fromHost, ...onDevice] : onDevice;
}

function bestCell(output: string): string {
  return /^Best cell.*$/m.exec(output)?.[0] ?? done();
}

const checksSchema = z.array(
  z.object({ name: z.string(), state: z.enum(['ok', 'warning', 'missing']), message: z.string() }),
);

/** `12 ok, 1 warning, 0 missing`. @param output of `doctor --json` */
export function checkCounts(output: string): string {
  const checks = checksSchema.parse(JSON.parse(output));
  const count = (state: string): number => checks.filter((check) => check.state === state).length;
  return `${count('ok')} ok, ${counted(count('warning'), 'warning')}, ${count('missing')} missing`;
}

/** `Engine: REASON`; null where doctor printed no checks, or misses nothing. @param output of `doctor --json` */
export function missingChecks(output: string): string | null {
  if (output === '') return null;
  const missing = checksSchema.parse(JSON.parse(output)).filter(({ state }) => state === 'missing');
  return missing.map(({ name, message }) => `${name}: ${message}`).join('; ') || null;
}

/** `103 passed, 0 failed, 2 skipped`. @param output of the reporter tap */
function testCounts(output: string): string {
  const count = (what: string): string => new RegExp(`^# ${what} (\\d+)`, 'm').exec(output)?.[1] ?? '?';
  return `${count('pass')} passed, ${count('fail')} failed, ${count('skipped')} skipped`;
}

/** `13 passed, 1 failed, 0 skipped: TITLE`; null where no test has failed. @param output of the reporter tap */
export function failedTests(output: string): string | null {
  const failed = [...output.matchAll(/^not ok \d+ - (.*)$/gm)].map(([, title]) => title);
  return failed.length === 0 ? null : `${testCounts(output)}: ${failed.join('; ')}`;
}
