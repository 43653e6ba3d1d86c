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
  /** What to know of these times. */
  readonly note: string | null;
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
  const unit = profiles[0]?.profile.unit ?? 'operations';
  return {
    head: [
      ...['network', 'batch', 'step, ms', 'images/s', 'GFLOP/s', 'of a large product'],
      ...[unit, 'they take, ms', unit === 'operations' ? 'side by side' : 'of the step'],
    ],
    rows: profiles.map(({ network, batch, macs, stepSeconds, flopsPerSecond, profile }) => {
      const flops = (FLOPS_PER_MAC * macs * batch) / stepSeconds;
      const milliseconds = stepSeconds * 1000;
      return [
        ...[network, String(batch), milliseconds.toFixed(2), (batch / stepSeconds).toFixed(0)],
        ...[gigaText(flops), percent(flops / flopsPerSecond)],
        ...[String(profile.launches), profile.workMilliseconds?.toFixed(2) ?? ''],
        busyText(profile, milliseconds),
      ];
    }),
  };
}

/** How busy the device is; of a CPU, how much it does side by side. @param milliseconds of a step that is not traced */
function busyText({ unit, workMilliseconds, spanMilliseconds }: StepProfile, milliseconds: number): string {
  if (workMilliseconds === null || spanMilliseconds === null) return '';
  return unit === 'operations'
    ? (workMilliseconds / spanMilliseconds).toFixed(1)
    : percent(workMilliseconds / milliseconds);
}

/** A row for each kind of work: milliseconds of a step and how often, for each network; the longest kinds first, the others as one. */
export function kindRows(profiles: readonly NetworkProfile[]): Rows {
  const total = (kind: string, of: 'milliseconds' | 'times'): number =>
    profiles.reduce((sum, { profile }) => sum + (entryOf(profile, kind)?.[of] ?? 0), 0);
  const kinds = [...new Set(profiles.flatMap(({ profile }) => profile.kinds.map(({ kind }) => kind)))]
    .map((kind) => ({ kind, milliseconds: total(kind, 'milliseconds'), times: total(kind, 'times') }))
    .sort((a, b) => b.milliseconds - a.milliseconds || b.times - a.times)
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

/** What to know of the times, each once. */
export function notesOf(profiles: readonly NetworkProfile[]): string[] {
  return [...new Set(profiles.flatMap(({ note }) => (note === null ? [] : [note])))];
}

type Entry = Pick<StepProfile['kinds'][number], 'times' | 'milliseconds'>;

function entryOf({ kinds }: StepProfile, wanted: string): Entry | undefined {
  return kinds.find(({ kind }) => kind === wanted);
}

function togetherOf({ kinds }: StepProfile, wanted: ReadonlySet<string>): Entry {
  const own = kinds.filter(({ kind }) => wanted.has(kind));
  return {
    times: own.reduce((sum, { times }) => sum + times, 0),
    milliseconds: own.reduce<number | null>(
      (sum, { milliseconds }) => (sum === null || milliseconds === null ? null : sum + milliseconds),
      0,
    ),
  };
}

function cell(entry: Entry | undefined): string {
  if (!entry || entry.times === 0) return '';
  return entry.milliseconds === null
    ? `(${entry.times})`
    : `${entry.milliseconds.toFixed(2)} (${entry.times})`;
}

function gigaText(flops: number): string {
  const giga = flops / GIGA;
  return giga.toFixed(giga < 10 ? 2 : 0);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
