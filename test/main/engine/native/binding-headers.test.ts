import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import protobuf from 'protobufjs';
import { findCompiler } from '../../../../src-main/engine/engines/tensorflow/provisioning/compile-binding.ts';
import { libraryOf } from '../../../../src-main/engine/engines/tensorflow/provisioning/engine-library.ts';
import { selectedEngine } from '../../../../src-main/engine/installations/installation.ts';
import { kindlingHome } from '../../../../src-main/home.ts';

/** What a program of test/native prints; it must end well. */
async function outputOf(source: string, includes: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'kindling-headers-'));
  try {
    const program = join(folder, 'program');
    const file = join(import.meta.dirname, '../../../native', source);
    const flags = [
      '-std=c++17',
      '-pthread',
      '-Wall',
      '-Wextra',
      '-Werror',
      ...includes.map((path) => `-I${path}`),
    ];
    const compiled = spawnSync(await findCompiler(), [...flags, file, '-o', program], { encoding: 'utf8' });
    assert.equal(compiled.stderr, '');
    const ran = spawnSync(program, { encoding: 'utf8' });
    assert.equal(ran.status, 0, ran.stdout);
    return ran.stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a reference to JavaScript is deleted on its own thread, whichever lets go of it', async () => {
  const headers = dirname(createRequire(import.meta.url).resolve('node-api-headers/package.json'));
  assert.equal(await outputOf('napi-auto-ref.cpp', [join(headers, 'include')]), '');
});

/** The fields that are used, as in tensorflow/core/protobuf/config.proto and rewriter_config.proto. */
const CONFIG = `syntax = "proto3";
  message ConfigProto { int32 inter_op_parallelism_threads = 5; GraphOptions graph_options = 10; }
  message GraphOptions { OptimizerOptions optimizer_options = 3; RewriterConfig rewrite_options = 10; }
  message OptimizerOptions { enum Level { L1 = 0; L0 = -1; } Level opt_level = 3; }
  message RewriterConfig {
    enum Toggle { DEFAULT = 0; ON = 1; OFF = 2; }
    enum MemOptType { DEFAULT_MEM_OPT = 0; NO_MEM_OPT = 1; }
    enum NumIterationsType { DEFAULT_NUM_ITERS = 0; ONE = 1; }
    Toggle layout_optimizer = 1;
    Toggle constant_folding = 3;
    MemOptType memory_optimization = 4;
    Toggle arithmetic_optimization = 7;
    Toggle dependency_optimization = 8;
    Toggle loop_optimization = 9;
    Toggle function_optimization = 10;
    NumIterationsType meta_optimizer_iterations = 12;
    Toggle shape_optimization = 13;
    Toggle remapping = 14;
    Toggle scoped_allocator_optimization = 15;
    Toggle pin_to_host_optimization = 18;
    bool disable_meta_optimizer = 19;
    Toggle implementation_selector = 22;
    Toggle common_subgraph_elimination = 24;
  }`;

test('graphs are only folded and remapped, once, or not at all; on a GPU they are optimized as TensorFlow would, but for layout and groups', async () => {
  const { include } = libraryOf(selectedEngine(kindlingHome()));
  const told = (await outputOf('session-options.cpp', [include])).split('\n');
  const type = protobuf.parse(CONFIG).root.lookupType('ConfigProto');
  const [onGpu, onProcessor, served, asRecorded, alone, ...ofGpu] = told.map((digits) =>
    type.toObject(type.decode(Buffer.from(digits, 'hex')), { enums: String }),
  );
  assert.deepEqual([onGpu, served], [{}, {}]);
  const asItIs = { optimizerOptions: { optLevel: 'L0' }, rewriteOptions: { disableMetaOptimizer: true } };
  assert.deepEqual(asRecorded, { graphOptions: asItIs });
  assert.deepEqual(alone, { interOpParallelismThreads: -1, graphOptions: asItIs });
  const OFF = 'OFF';
  const optionsOfGpu = [
    ...[{}, { remapping: OFF }],
    ...[{ layoutOptimizer: OFF }, { layoutOptimizer: OFF, remapping: OFF }],
  ];
  assert.deepEqual(
    ofGpu.slice(0, 4),
    optionsOfGpu.map((rewriteOptions) => ({ graphOptions: { rewriteOptions } })),
  );
  const rewriteOptions = {
    ...{ memoryOptimization: 'NO_MEM_OPT', metaOptimizerIterations: 'ONE' },
    ...{
      layoutOptimizer: OFF,
      arithmeticOptimization: OFF,
      dependencyOptimization: OFF,
      loopOptimization: OFF,
    },
    ...{ functionOptimization: OFF, shapeOptimization: OFF, scopedAllocatorOptimization: OFF },
    ...{ pinToHostOptimization: OFF, implementationSelector: OFF, commonSubgraphElimination: OFF },
  };
  assert.deepEqual(onProcessor, { graphOptions: { rewriteOptions } });
});
