import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import protobuf from 'protobufjs';
import { z } from 'zod';
import { profileOf } from '../../../scripts/bench/profile/profile-of.ts';
import {
  kindRows,
  type NetworkProfile,
  notesOf,
  summaryRows,
} from '../../../scripts/bench/profile/profile-tables.ts';
import { readTrace } from '../../../scripts/bench/profile/read-trace.ts';
import type { TracedRun } from '../../../scripts/bench/profile/traced-run.ts';
import { graphOf } from '../../../scripts/bench/shared/networks.ts';
import { timesOf } from '../../../src-main/engine/engines/webgpu/program-times.ts';
import { networkCost } from '../../../src-shared/networks/costs.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'kindling-profile-test-'));
after(() => rmSync(folder, { recursive: true }));

interface Node {
  readonly nodeName: string;
  readonly allStartMicros: number;
  readonly opEndRelMicros: number;
  readonly timelineLabel: string;
}

/** What TensorFlow's conversion of a GPU's trace makes of it (profiler/convert/xplane_to_step_stats.cc). */
function writeTrace(runs: readonly Readonly<Record<string, readonly Node[]>>[]): string {
  const { root } = protobuf.parse(`syntax = "proto3";
    message Trace { repeated RunMetadata runs = 1; }
    message RunMetadata { StepStats step_stats = 1; }
    message StepStats { repeated DeviceStepStats dev_stats = 1; }
    message DeviceStepStats { string device = 1; repeated NodeExecStats node_stats = 2; }
    message NodeExecStats { string node_name = 1; int64 all_start_micros = 2; int64 op_end_rel_micros = 4; string timeline_label = 8; }`);
  const type = root.lookupType('Trace');
  const file = path.join(folder, 'trace');
  const devStats = (run: Readonly<Record<string, readonly Node[]>>): object[] =>
    Object.entries(run).map(([device, nodeStats]) => ({ device, nodeStats }));
  const trace = { runs: runs.map((run) => ({ stepStats: { devStats: devStats(run) } })) };
  writeFileSync(file, type.encode(type.fromObject(trace)).finish());
  return file;
}

function work(nodeName: string, start: number, duration: number, timelineLabel = ''): Node {
  return { nodeName, allStartMicros: 1e15 + start, opEndRelMicros: duration, timelineLabel };
}

test('of a GPU its kernels and copies count, once, by the operation that launched them; what it was told by the CPU does not', () => {
  const step = (long: number): Readonly<Record<string, readonly Node[]>> => {
    const kernels = [
      work('step/c1:Conv2D', 0, long, 'implicit_gemm grid:(1)'),
      work('step/c2:Conv2D', 50, 20, 'implicit_gemm grid:(2)'),
      work('scan_kernel', 80, 5, 'scan_kernel'),
    ];
    const copies = [work('step/images:_Recv', 90, 10, 'MemcpyH2D bytes:4')];
    return {
      '/job:localhost/replica:0/task:0/device:GPU:0': [work('step/c1', 0, 3, 'step/c1 = Conv2D(a, b)')],
      '/device:GPU:0/stream:7': kernels,
      '/device:GPU:0/stream:all': kernels,
      '/device:GPU:0/stream:8<MemcpyH2D>': copies,
      '/device:GPU:0/memcpy': copies,
      '/device:GPU:0/sync': [work('cuStreamSynchronize', 0, 400, 'ThreadId 1')],
    };
  };
  const profile = profileOf(readTrace(writeTrace([step(30), step(40), step(500)])));
  assert.deepEqual(
    profile.kinds.map(({ kind, times, milliseconds }) => [kind, times, milliseconds]),
    [
      ['Conv2D', 2, 0.06],
      ['MemcpyH2D', 1, 0.01],
      ['scan_kernel', 1, 0.005],
    ],
  );
  const { unit, steps, launches, workMilliseconds, spanMilliseconds } = profile;
  assert.deepEqual(
    { unit, steps, launches, workMilliseconds, spanMilliseconds },
    { unit: 'kernels and copies', steps: 3, launches: 4, workMilliseconds: 0.075, spanMilliseconds: 0.1 },
  );
  const told: NetworkProfile = {
    ...{ network: 'small', batch: 8, macs: 1e6, device: 'GPU:0' },
    ...{ stepSeconds: 150e-6, flopsPerSecond: 3.2e12, profile, note: null },
  };
  // 6 x 1e6 x 8 in 150 us are 320 GFLOP/s; the card works 75 of 150 us
  assert.deepEqual(summaryRows([told]).rows, [
    ['small', '8', '0.15', '53333', '320', '10.0 %', '4', '0.07', '50.0 %'],
  ]);
  assert.deepEqual(kindRows([told]).rows[0], ['Conv2D', '0.06 (2)']);
});

test('an engine that traces nothing is an error, not a table of zeros', () => {
  assert.throws(() => profileOf(readTrace(writeTrace([]))), /no step was traced/);
});

test('programs of WebGPU run one after the other: no time is counted twice, and where the device tells none they are counted', () => {
  // the second is said to begin while the first is at work, the third stands still for 5
  const times = timesOf([100n, 130n, 110n, 150n, 155n, 165n]);
  assert.deepEqual(times, [
    { start: 0, duration: 30 },
    { start: 30, duration: 20 },
    { start: 55, duration: 10 },
  ]);
  const programs = (isTimed: boolean): TracedRun => ({
    unit: 'programs',
    work: times.map(({ start, duration }, at) => ({
      kind: at === 1 ? 'ReLU' : 'convolution',
      time: isTimed ? { start: start * 1000, duration: duration * 1000 } : null,
    })),
  });
  const told = (isTimed: boolean): NetworkProfile => ({
    ...{ network: 'small', batch: 8, macs: 1e6, device: 'GPU:0', note: 'as it is' },
    ...{ stepSeconds: 0.08, flopsPerSecond: 3.2e12, profile: profileOf([programs(isTimed)]) },
  });
  assert.deepEqual(summaryRows([told(true)]), {
    head: [
      ...['network', 'batch', 'step, ms', 'images/s', 'GFLOP/s', 'of a large product'],
      ...['programs', 'they take, ms', 'of the step'],
    ],
    rows: [['small', '8', '80.00', '100', '0.60', '0.0 %', '3', '60.00', '75.0 %']],
  });
  assert.deepEqual(kindRows([told(true)]).rows, [
    ['convolution', '40.00 (2)'],
    ['ReLU', '20.00 (1)'],
  ]);
  assert.deepEqual(summaryRows([told(false)]).rows[0]?.slice(6), ['3', '', '']);
  assert.deepEqual(kindRows([told(false)]).rows, [
    ['convolution', '(2)'],
    ['ReLU', '(1)'],
  ]);
  assert.deepEqual(notesOf([told(true), told(false)]), ['as it is']);
});

test('steps of the chosen engine are traced: each operation of the network, within its span', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      path.join(import.meta.dirname, '..', '..', '..', 'scripts', 'bench', 'profile.ts'),
      ...['--json', '--network', 'demo-0.125-0', '--batch', '8', '--steps', '3'],
    ],
    { encoding: 'utf8' },
  );
  assert.equal(status, 0, stderr);
  const profileSchema = z.object({
    steps: z.number(),
    launches: z.number(),
    workMilliseconds: z.number(),
    kinds: z.array(z.object({ kind: z.string(), times: z.number(), milliseconds: z.number() })),
  });
  const { profiles } = z
    .object({
      profiles: z.array(z.object({ macs: z.number(), flopsPerSecond: z.number(), profile: profileSchema })),
    })
    .parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  const [{ macs, flopsPerSecond, profile } = assert.fail('no profile')] = profiles;
  const graph = graphOf('demo-0.125-0');
  assert.equal(macs, networkCost(graph).macs);
  assert.ok(flopsPerSecond > 1e8 && flopsPerSecond < 1e16, String(flopsPerSecond));
  assert.equal(profile.steps, 3);
  const norms = graph.layers.filter(({ weights }) => weights.some(({ kind }) => kind === 'gamma')).length;
  const found = profile.kinds.filter(({ kind }) => /BatchNorm(V\d)?$/.test(kind));
  assert.equal(
    found.reduce((sum, { times }) => sum + times, 0),
    norms,
  );
  const times = profile.kinds.reduce((sum, kind) => sum + kind.times, 0);
  assert.equal(profile.launches, times);
  // the median of sums is not the sum of medians, but near it
  const milliseconds = profile.kinds.reduce((sum, kind) => sum + kind.milliseconds, 0);
  assert.ok(milliseconds > 0 && milliseconds < 2 * profile.workMilliseconds);
});
