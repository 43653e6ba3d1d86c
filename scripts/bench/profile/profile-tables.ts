import type { StepProfile } from './profile-of.ts';

export interface NetworkProfile {
  readonly network: string;
  readonly batch: number;
  /** Of one image, forward. */
  readonly macs: number;
  readonly device: string;
  /** Of a step that is not traced. */
  readonly stepSeconds: number;
  /** Of a large product of matrices on the same device. */
  readonly flopsPerSecond: number;
  readonly profile: StepProfile;
}

export interface Rows {
  readonly head: string[];
  readonly rows: string[][];
}

/** Two for a MAC, forward, and twice that for the gradients of inputs and weights. */
const FLOPS_PER_MAC = 6;
const GIGA = 1e9;
const MOST_KINDS = 20;

/** A row for each network: its speed, its arithmetic, and how much of a step the device works. */
export function summaryRows(profiles: readonly NetworkProfile[]): Rows {
  const isOnGpu = profiles.some(({ profile }) => profile.isOnGpu);
  return {
    head: [
      ...['network', 'batch', 'step, ms', 'images/s', 'GFLOP/s', 'of a large product'],
      ...(isOnGpu
        ? ['kernels and copies', 'they take, ms', 'of the step']
        : ['operations', 'they take, ms', 'side by side']),
    ],
    rows: profiles.map(({ network, batch, macs, stepSeconds, flopsPerSecond, profile }) => {
      const flops = (FLOPS_PER_MAC * macs * batch) / stepSeconds;
      const milliseconds = stepSeconds * 1000;
      return [
        ...[network, String(batch), milliseconds.toFixed(2), (batch / stepSeconds).toFixed(0)],
        ...[(flops / GIGA).toFixed(0), percent(flops / flopsPerSecond)],
        ...[String(profile.launches), profile.workMilliseconds.toFixed(2)],
        isOnGpu
          ? percent(profile.workMilliseconds / milliseconds)
          : (profile.workMilliseconds / profile.spanMilliseconds).toFixed(1),
      ];
    }),
  };
}

/** A row for each kind of work: milliseconds of a step and how often, for each network; the longest kinds first, the others as one. */
export function kindRows(profiles: readonly NetworkProfile[]): Rows {
  const total = (kind: string): number =>
    profiles.reduce((sum, { profile }) => sum + (entryOf(profile, kind)?.milliseconds ?? 0), 0);
  const kinds = [...new Set(profiles.flatMap(({ profile }) => profile.kinds.map(({ kind }) => kind)))]
    .map((kind) => ({ kind, milliseconds: total(kind) }))
    .sort((a, b) => b.milliseconds - a.milliseconds)
    .map(({ kind }) => kind);
  const others = new Set(kinds.slice(MOST_KINDS));
  return {
    head: ['ms (times)', ...profiles.map(({ network }) => network)],
    rows: [
      ...kinds
        .slice(0, MOST_KINDS)
        .map((kind) => [kind, ...profiles.map(({ profile }) => cell(entryOf(profile, kind)))]),
      ...(others.size === 0
        ? []
        : [
            [
              `${others.size} other kinds`,
              ...profiles.map(({ profile }) => cell(togetherOf(profile, others))),
            ],
          ]),
    ],
  };
}

type Entry = Pick<StepProfile['kinds'][number], 'times' | 'milliseconds'>;

function entryOf({ kinds }: StepProfile, wanted: string): Entry | undefined {
  return kinds.find(({ kind }) => kind === wanted);
}

function togetherOf({ kinds }: StepProfile, wanted: ReadonlySet<string>): Entry {
  const own = kinds.filter(({ kind }) => wanted.has(kind));
  return {
    times: own.reduce((sum, { times }) => sum + times, 0),
    milliseconds: own.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
  };
}

function cell(entry: Entry | undefined): string {
  return entry && entry.times > 0 ? `${entry.milliseconds.toFixed(2)} (${entry.times})` : '';
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
