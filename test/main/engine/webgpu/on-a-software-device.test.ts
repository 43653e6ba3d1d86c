import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { z } from 'zod';
import { kindlingHome } from '../../../../src-main/home.ts';
import { softwareDevice } from './software-device.ts';

// WebGPU on SwiftShader, which computes on the CPU. The loader of Vulkan looks for devices as a process starts, so that each of these is a
// process of its own.

const ROOT = path.join(import.meta.dirname, '../../../..');
const device = softwareDevice();
const home = mkdtempSync(path.join(tmpdir(), 'kindling-webgpu-'));
after(() => rmSync(home, { recursive: true }));

/** Of the operations those of one window; `KINDLING_ENGINE=webgpu npm test -- engine/operations` tries all. */
const SOME =
  /biasAdd|batch|3x3\/2 on 8 pixels, padding: ceil|permutation|entropy|dropout \(|gradient passes|formula/;

/** Runs a program of Node as nothing that a test began: one that tests would tell its results to this one. */
async function node(parameters: readonly string[], environment: Record<string, string>): Promise<string> {
  const env = { ...process.env, ...device, ...environment };
  Reflect.deleteProperty(env, 'NODE_TEST_CONTEXT');
  const { stdout } = await promisify(execFile)(process.execPath, parameters, { env, timeout: 200_000 });
  return stdout;
}

async function suite(
  file: string,
  environment: Record<string, string>,
  ...parameters: string[]
): Promise<void> {
  const whole = path.join(ROOT, 'test/main/engine', file);
  const told = await node(['--test', '--test-reporter=tap', ...parameters, whole], environment).catch(
    (error: unknown) => assert.fail((error as { stdout: string }).stdout),
  );
  assert.match(told, /^# pass [1-9]/m);
}

const STUDY = `study: grey
dataset: greys
network: { family: squeezenet, version: 1.1, stem: small, stemFilters: 4, baseE: 4, incrE: 4, batchNorm: true, dropout: 0.2 }
vary: { network.sr: [0.5] }
seeds: 1
data: { validationShare: 0.25 }
training: { epochs: 2, batch: 4, learningRate: 0.01, augment: [flip] }
`;

const profilesSchema = z.object({
  profiles: z.array(
    z.object({
      note: z.string(),
      profile: z.object({
        ...{ unit: z.string(), launches: z.number() },
        ...{ workMilliseconds: z.number(), spanMilliseconds: z.number() },
        kinds: z.array(z.object({ kind: z.string(), times: z.number(), milliseconds: z.number() })),
      }),
    }),
  ),
});

/** Dark and light ones, 8 of each: on the CPU training takes as long as there are images. */
async function pictures(): Promise<string> {
  for (const [name, from] of [
    ['dark', 0],
    ['light', 150],
  ] as const) {
    const folder = path.join(home, 'pictures', name);
    mkdirSync(folder, { recursive: true });
    for (let i = 0; i < 8; i++) {
      const background = { r: from + 6 * i, g: from + 4 * i, b: from + 2 * i };
      await sharp({ create: { width: 16, height: 16, channels: 3, background } })
        .png()
        .toFile(path.join(folder, `${i}.png`));
    }
  }
  return path.join(home, 'pictures');
}

/** A software device has images there, and takes several steps a call, only where it is told to. */
const AS_ON_A_GPU = { KINDLING_IMAGES_ON_DEVICE: '1', KINDLING_STEPS_A_CALL: 'auto' };

function kindling(...parameters: string[]): Promise<string> {
  return node([path.join(ROOT, 'bin/kindling.mjs'), ...parameters], { KINDLING_HOME: home, ...AS_ON_A_GPU });
}

describe('WebGPU on a software device', { skip: device === null && 'no Chromium with SwiftShader' }, () => {
  test('it is installed, tried, and trains a study; analyses ask for another engine', async () => {
    assert.match(
      await kindling('engine', 'install', 'webgpu'),
      /WebGPU .* on CPU:0 SwiftShader .* is installed and chosen/,
    );
    await kindling('dataset', 'add', 'greys', '--from', await pictures());
    assert.match(
      await kindling('doctor'),
      /Images +lie on the device as bytes, of which a step makes values; a call takes up to 64 steps/,
    );
    const study = path.join(home, 'study.yaml');
    writeFileSync(study, STUDY);
    await kindling('study', 'run', study);
    const [run] = JSON.parse(await kindling('run', 'list', '--json')) as { id: string; state: string }[];
    assert.equal(run?.state, 'complete');
    const shown = await kindling('run', 'show', run.id);
    assert.match(shown, /webgpu/);
    assert.match(shown, /compiled/);
    assert.match(shown, /on the device: /);
    await assert.rejects(
      kindling('analyze', run.id, '--methods', 'probe'),
      /WebGPU trains networks and analyses nothing\. Install an engine for analyses beside it/,
    );
  });

  test('who loses the device ends and says so, so that the run goes on in another process', async () => {
    const file = path.join(ROOT, 'src-main/engine/engines/webgpu/device.ts');
    const script = `const { openDevice } = await import(${JSON.stringify(pathToFileURL(file))}); (await openDevice()).device.destroy();`;
    await assert.rejects(node(['--input-type=module', '--eval', script], {}), {
      code: 1,
      stderr: /^The GPU was lost: /m,
    });
  });

  test('the numbers of PyTorch and TensorFlow, and the contract of an engine', () =>
    suite(
      'webgpu/device-suite.ts',
      { KINDLING_HOME: kindlingHome() },
      // op by op the same programs run, which takes as long again
      '--test-name-pattern=says|core|logits|losses|compiled|split|piece|copies|buffers|memory|smoothed each',
    ));

  test('images as bytes are those of threads, and several steps a call and their runs those of as many calls, to the bit', async () => {
    const chosen = { KINDLING_HOME: home, KINDLING_ENGINE: 'webgpu' };
    await suite('pictures-of-bytes.test.ts', chosen);
    await suite('several-steps.test.ts', chosen, '--test-name-pattern=few steps');
    await suite('../trainer/images-on-device.test.ts', chosen, '--test-name-pattern=diverges');
  });

  test('a profile times each program of a step by the clock of the device, to the nanosecond', async () => {
    const parameters = ['--json', '--network', 'demo-0.125-0', '--batch', '2', '--steps', '1'];
    const told = await node([path.join(ROOT, 'scripts/bench/profile.ts'), ...parameters], {
      ...{ KINDLING_HOME: home, KINDLING_ENGINE: 'webgpu', ...AS_ON_A_GPU },
    });
    const { profiles } = profilesSchema.parse(JSON.parse(told.trim().split('\n').at(-1) ?? ''));
    const [{ note, profile } = assert.fail('no profile')] = profiles;
    // Dawn's own are multiples of 65,536
    const [, steps] = /clock has steps of (\d+) ns/.exec(note) ?? [];
    assert.ok(Number(steps) < 65_536, note);
    const { unit, kinds, launches, workMilliseconds, spanMilliseconds } = profile;
    assert.equal(unit, 'programs');
    assert.equal(
      launches,
      kinds.reduce((sum, { times }) => sum + times, 0),
    );
    assert.equal(kinds.find(({ kind }) => kind === 'images from bytes')?.times, 1);
    const ofKinds = kinds.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    assert.ok(Math.abs(ofKinds - workMilliseconds) < 1e-6 * workMilliseconds, `${ofKinds}`);
    // one after the other
    assert.ok(workMilliseconds > 0 && workMilliseconds <= spanMilliseconds);
  });

  test('operations are the composed ones, and their gradients difference quotients', () =>
    suite(
      'operations.test.ts',
      { KINDLING_HOME: home, KINDLING_ENGINE: 'webgpu' },
      `--test-name-pattern=${SOME.source}`,
    ));
});
