import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, afterEach, beforeEach, test } from 'node:test';
import { checkInstallation } from '../../../../src-main/engine/engines/tensorflow/check-installation.ts';
import {
  CARDS_ELSEWHERE,
  describeDevice,
} from '../../../../src-main/engine/engines/tensorflow/describe-device.ts';
import { missingKernels } from '../../../../src-main/engine/engines/tensorflow/provisioning/ensure-kernels.ts';
import {
  installCpuEngine,
  useLibrary,
} from '../../../../src-main/engine/engines/tensorflow/provisioning/install.ts';
import {
  bindingOf,
  listEngines,
  selectedEngine,
} from '../../../../src-main/engine/installations/installation.ts';
import { removeUnfinished } from '../../../../src-main/files/unfinished-files.ts';
import { verifyBinding } from '../../../../src-main/engine/engines/tensorflow/provisioning/verify.ts';
import { kindlingHome } from '../../../../src-main/home.ts';
import { QUICK, useCompiler } from './compiler.ts';

/** The engine that `npm test` set up: its library is the real one that the tests compile against. */
const installed = selectedEngine(kindlingHome());
const library = join(installed.folder, 'tensorflow');

let home: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'kindling-install-'));
});
afterEach(() => rmSync(home, { recursive: true }));
after(() => children.forEach((child) => child.kill('SIGKILL')));

function left(): string[] {
  return readdirSync(join(home, 'engines'));
}

test('a library that the user has is compiled against, tried and chosen', async () => {
  useCompiler(home, QUICK);
  const stages: string[] = [];
  const engine = await useLibrary(home, installed.folder, { onProgress: ({ stage }) => stages.push(stage) });
  assert.equal(engine.version, installed.version);
  assert.equal(engine.source, installed.folder);
  // the binding, then our kernels
  assert.deepEqual(stages, ['compile', 'verify', 'compile', 'verify']);
  assert.equal(missingKernels(engine), null);
  assert.deepEqual(left().sort(), ['custom', 'selected']);
});

test(
  'an engine that finds no CUDA device is refused with what to do',
  { skip: installed.kind === 'gpu' },
  async () => {
    await assert.rejects(verifyBinding(bindingOf(installed), installed.libraryPath, 'gpu', {}), {
      code: 'engine-invalid',
      message: /found no CUDA device.*nvidia-smi.*kindling engine install cpu.*gpu-nodes/s,
    });
  },
);

test(
  'an engine for cards of other machines is well without one, which its check tells',
  { skip: installed.kind === 'gpu' },
  async () => {
    const onGpu = { ...installed, kind: 'gpu' as const };
    await assert.rejects(checkInstallation({ ...onGpu, devices: ['GPU:0 NVIDIA X'] }, {}), {
      code: 'engine-invalid',
    });
    const { gpu, checks } = await checkInstallation({ ...onGpu, devices: [CARDS_ELSEWHERE] }, {});
    assert.equal(gpu, false);
    assert.deepEqual(
      checks.map(({ name, state }) => [name, state]),
      [
        ['Card', 'warning'],
        ['Images', 'ok'],
        ['Products', 'ok'],
      ],
    );
    // what a process that finds a card says of it is not that
    assert.equal(describeDevice(true, [CARDS_ELSEWHERE], {}).device, 'GPU:0');
  },
);

test('a binding that does not load is a problem, not a crash', async () => {
  const binding = join(home, 'binding.node');
  writeFileSync(binding, 'not a library');
  await assert.rejects(verifyBinding(binding, [], 'cpu', {}), {
    code: 'engine-invalid',
    message: /invalid ELF|file too short/,
  });
});

test('an abort while compiling leaves nothing', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  await assert.rejects(
    useLibrary(home, library, {
      signal: controller.signal,
      onProgress: ({ stage }) => stage === 'compile' && setTimeout(() => controller.abort(reason), 300),
    }),
    reason,
  );
  assert.deepEqual(left(), []);
});

test('a kill while compiling leaves no engine, and the next start clears up', async () => {
  const script = `
    import { useLibrary } from ${JSON.stringify(join(import.meta.dirname, '../../../../src-main/engine/engines/tensorflow/provisioning/install.ts'))};
    await useLibrary(${JSON.stringify(home)}, ${JSON.stringify(library)}, { onProgress: ({ stage }) => console.log(stage) });`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  for await (const line of createInterface(child.stdout)) if (line === 'compile') break;
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.match(left().join(), /^\.custom\..*\.unfinished$/);
  assert.deepEqual(listEngines(home), []);
  removeUnfinished(join(home, 'engines'));
  assert.deepEqual(left(), []);
});

test('folders without headers or library are refused by what is missing', async () => {
  await assert.rejects(useLibrary(home, join(home, 'nowhere')), {
    code: 'engine-invalid',
    message: /is not a folder/,
  });
  const folder = join(home, 'tf');
  mkdirSync(join(folder, 'include', 'tensorflow', 'c'), { recursive: true });
  await assert.rejects(useLibrary(home, folder), { code: 'engine-invalid', message: /c_api\.h/ });
  writeFileSync(join(folder, 'include', 'tensorflow', 'c', 'c_api.h'), '');
  await assert.rejects(useLibrary(home, folder), {
    code: 'engine-invalid',
    message: /libtensorflow_cc\.so\.2/,
  });
});

test('a library that cannot be compiled against is refused with the compiler’s words', async () => {
  const folder = join(home, 'tf');
  mkdirSync(join(folder, 'include', 'tensorflow', 'c'), { recursive: true });
  writeFileSync(join(folder, 'include', 'tensorflow', 'c', 'c_api.h'), '#error "not these headers"\n');
  for (const name of ['libtensorflow.so.2', 'libtensorflow_framework.so.2'])
    writeFileSync(join(folder, name), '');
  await assert.rejects(useLibrary(home, folder), { code: 'engine-invalid', message: /could not compile/ });
  assert.deepEqual(left(), []);
});

test('a damaged wheel, and one that is not there, leave nothing', async () => {
  const wheel = join(home, 'tensorflow_cpu-2.21.0-cp312-cp312-linux.whl');
  await assert.rejects(installCpuEngine(home, wheel), { code: 'engine-missing' });
  writeFileSync(wheel, 'PK but no zip');
  await assert.rejects(installCpuEngine(home, wheel), {
    code: 'engine-invalid',
    message: /not a readable wheel/,
  });
  assert.deepEqual(left(), []);
});

test('an address that does not answer leaves nothing and names the other way', async () => {
  const script = `
    import { installPackageEngine } from ${JSON.stringify(join(import.meta.dirname, '../../../../src-main/engine/engines/tensorflow/provisioning/install.ts'))};
    await installPackageEngine(${JSON.stringify(home)}).catch((error) => console.log(error.code, error.message));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, TFJS_NODE_CDN_STORAGE: 'http://127.0.0.1:9/' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let said = '';
  for await (const chunk of child.stdout) said += String(chunk);
  assert.match(said, /^engine-missing .*127\.0\.0\.1:9.*kindling engine install cpu/);
  assert.deepEqual(left(), []);
});
