import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus } from 'node:os';
import { basename, join } from 'node:path';
import { mean } from 'd3-array';
import { z } from 'zod';
import { fixed } from '../../../../../src-shared/numbers.ts';
import { counted } from '../../../../../src-shared/counted.ts';
import {
  type Gain,
  gainSchema,
  measuredTrainersSchema,
} from '../../../../../src-shared/studies/measured-trainers.ts';
import type { Check } from '../../../../../src-shared/contract/api/settings.ts';
import { writeWhole } from '../../../../files/write-whole.ts';
import type { EngineInstallation } from '../../../installations/installation.ts';
import { isTuningOff, TUNING } from '../../../measuring/is-tuning-off.ts';
import { kernelsFile } from '../provisioning/kernel-sources.ts';

/** By the name of a measured network: how many times faster a step was with the one than with the other. */
const gainsSchema = z.record(z.string(), gainSchema);
export type Gains = z.infer<typeof gainsSchema>;

const tuningSchema = z.object({
  /** What was measured, and with what: `measuredSubject`. */
  subject: z.record(z.string(), z.string()),
  batch: z.int(),
  threads: z.int(),
  rounds: z.int(),
  /** Processes that wanted to compute while it was measured, these included. */
  load: z.number(),
  at: z.string(),
  /** Whether TensorFlow computes with oneDNN's kernels, else with Eigen's; and what oneDNN's bring. */
  oneDnn: z.boolean(),
  oneDnnGains: gainsSchema,
  /** The operations for which TensorFlow's kernels serve, though there are some of ours; and what ours bring to a step. */
  withoutOwn: z.array(z.string()),
  ownGains: z.record(z.string(), gainsSchema),
  /** Several trainers beside one, as the engine computes with these choices; empty on one core. */
  trainers: z.array(measuredTrainersSchema),
});

/** How an engine computes fastest on a machine. */
export type Tuning = z.infer<typeof tuningSchema>;

type Tuned = Pick<EngineInstallation, 'folder' | 'version'>;

/** They change what is measured: a record is of the same values. */
const EMULATION = ['KINDLING_KERNELS', 'ONEDNN_MAX_CPU_ISA'] as const;

/** The geometric means over the networks. */
export function overallGain(gains: Gains): Gain {
  const overall = (name: keyof Gain): number =>
    Math.exp(mean(Object.values(gains), (gain) => Math.log(gain[name])) ?? 0);
  return { median: overall('median'), low: overall('low'), high: overall('high') };
}

/**
 * What a record holds for: the machine as far as speed is concerned, TensorFlow and the kernels of ours. Where one of these is
 * another, e.g. in a home that was copied from another machine, it is measured anew and the other record stays.
 */
export function measuredSubject({ folder, version }: Tuned): Record<string, string> {
  const kernels = kernelsFile({ folder });
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? 'unknown';
  return {
    machine: `${model} x ${availableParallelism()}, ${arch()}`,
    ...vectorInstructions(),
    tensorflow: version,
    kernels: existsSync(kernels) ? basename(kernels) : 'none',
    ...Object.fromEntries(EMULATION.flatMap((name) => [[name, process.env[name]]]).filter(hasValue)),
  };
}

/** Virtual machines of different processors may have one name, e.g. `AMD EPYC`. Nothing where Linux does not tell. */
function vectorInstructions(): Record<string, string> {
  try {
    const [, flags = ''] = /^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8')) ?? [];
    const vector = flags.split(' ').filter((flag) => /^(?:avx|amx|fma|sse4)/.test(flag));
    return vector.length === 0 ? {} : { instructions: vector.toSorted().join(' ') };
  } catch {
    return {};
  }
}

function hasValue(entry: (string | undefined)[]): entry is [string, string] {
  return entry[1] !== undefined;
}

/** What was measured on this machine; null where nothing was, or it is not to be used. */
export function readTuning(engine: Tuned): Tuning | null {
  if (isTuningOff()) return null;
  try {
    return tuningSchema.parse(JSON.parse(readFileSync(tuningFile(engine), 'utf8')));
  } catch {
    return null;
  }
}

export function writeTuning(engine: Tuned, tuning: Tuning): void {
  writeWhole(tuningFile(engine), `${JSON.stringify(tuning, null, 2)}\n`);
}

/** Where the record of this machine is, or would be. */
export function tuningFile(engine: Tuned): string {
  const subject = JSON.stringify(measuredSubject(engine));
  return join(
    engine.folder,
    `tuning-${createHash('sha256').update(subject).digest('hex').slice(0, 12)}.json`,
  );
}

/**
 * e.g. `oneDNN, 1.57 times as fast as without; our kernels: depthwise 1.30; not ours: shuffleChannels 0.96; images/s of parallel
 * trainers over one of all threads: 2 of 1 thread with squeezenet 1.40`
 */
export function describeTuning(tuning: Tuning): string {
  const { oneDnn, oneDnnGains, withoutOwn, ownGains, threads, trainers } = tuning;
  const gain = overallGain(oneDnnGains).median;
  const library = oneDnn
    ? `oneDNN, ${fixed(gain, 2)} times as fast as without`
    : `Eigen, ${fixed(1 / gain, 2)} times as fast as oneDNN`;
  const [ours, theirs] = [false, true].map((isTheirs) =>
    Object.entries(ownGains)
      .filter(([name]) => withoutOwn.includes(name) === isTheirs)
      .map(([name, gains]) => `${name} ${fixed(overallGain(gains).median, 2)}`)
      .join(', '),
  );
  const several = trainers
    .map(
      ({ network, jobs, gain: { median } }) =>
        `${jobs} of ${counted(threads, 'thread')} with ${network} ${fixed(median, 2)}`,
    )
    .join(', ');
  return [
    library,
    ours && `our kernels: ${ours}`,
    theirs && `not ours: ${theirs}`,
    several && `images/s of parallel trainers over one of all threads: ${several}`,
  ]
    .filter(Boolean)
    .join('; ');
}

/** For `kindling doctor`. */
export function examineTuning(engine: Tuned & Pick<EngineInstallation, 'name' | 'kind'>): Check[] {
  if (engine.kind === 'gpu') return [];
  const tuning = readTuning(engine);
  const name = 'Tuning';
  if (tuning !== null) return [{ name, state: 'ok', message: whole(tuning), remedy: null }];
  const untuned = (reason: string): Pick<Check, 'name' | 'state' | 'message'> => ({
    ...{ name, state: 'warning' },
    message: `${reason}; without it TensorFlow chooses its kernels by itself`,
  });
  if (isTuningOff()) return [{ ...untuned(`${TUNING} is off`), remedy: `unset ${TUNING}` }];
  return [
    {
      ...untuned('the engine was not measured on this machine yet, which the first study does'),
      remedy: 'kindling engine tune',
      offer: { action: 'tune-engine', subject: engine.name },
    },
  ];
}

function whole(tuning: Tuning): string {
  const networks = Object.keys(tuning.oneDnnGains).length;
  const how = `steps of ${counted(networks, 'network')} at batch ${tuning.batch}, ${counted(tuning.threads, 'thread')}, load ${fixed(tuning.load, 1)}`;
  return `${describeTuning(tuning)} (${how}, ${tuning.at.slice(0, 10)})`;
}
