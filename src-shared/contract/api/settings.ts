import { z } from 'zod';
import type { Offer } from '../../mistakes/problem.ts';
import type { Card } from '../../machine/card.ts';
import { type ChosenTensorFloat32, tensorFloat32Schema } from '../../machine/tensor-float-32.ts';
import type { MeasuredTrainers } from '../../studies/measured-trainers.ts';
import { MOST_RESUME_SECONDS } from '../../studies/resume-seconds.ts';
import { trainersAtOnceSchema } from '../../studies/trainers-at-once.ts';
import { nothing, request } from './request.ts';
import type { Task } from './tasks.ts';

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** Trainers at once; null: as many as suit the machine. */
  jobs: trainersAtOnceSchema.nullable(),
  /** Seconds of training between two resume checkpoints of a run at most; each epoch's end makes one as well. */
  resumeSeconds: z.int().min(1).max(MOST_RESUME_SECONDS),
  /** Where the page has studies trained, by name; null: processes of this machine. */
  executor: z.string().max(100).nullable(),
  /** What was last said there of each place, by its name. */
  executorSettings: z.record(z.string(), z.record(z.string(), z.unknown())),
});
export type Settings = z.infer<typeof settingsSchema>;

export interface InstalledEngine {
  readonly name: string;
  /** What computes, e.g. `TensorFlow`. */
  readonly program: string;
  readonly kind: 'cpu' | 'gpu';
  /** Whether it can be tuned. */
  readonly tunable: boolean;
  /** What was measured to be fastest on this machine; null where nothing was. */
  readonly tuning: string | null;
  /** What several trainers did on this machine beside one; empty where it was not measured. */
  readonly trainers: readonly MeasuredTrainers[];
  /** Of the program. */
  readonly version: string;
  readonly origin: string;
  /** Seen when it was installed, e.g. `CPU:0`. */
  readonly devices: readonly string[];
  readonly bytes: number;
  /** New runs use it. */
  readonly selected: boolean;
}

/** A way to install an engine. */
export interface InstallableEngine {
  readonly name: string;
  /** e.g. `Install TensorFlow for the CPU` */
  readonly title: string;
  readonly about: string;
  /** The file or folder that it may be given; null where it takes none. */
  readonly path: {
    readonly about: string;
    readonly takes: 'file' | 'folder';
    readonly isRequired: boolean;
  } | null;
}

export interface Devices {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  /** As nvidia-smi names them. */
  readonly gpus: readonly {
    readonly name: string;
    /** Null where the card has none of its own (a part of one), or the driver does not tell. */
    readonly memoryBytes: number | null;
    readonly driver: string;
  }[];
  /** Of them, those that trainers are given unless someone names others; none where the engine computes on none. */
  readonly trainerCards: readonly Card[];
  /** Which these are, and why not others; null where there is nothing to choose. */
  readonly note: string | null;
  readonly diskFreeBytes: number;
}

/** One line of `kindling doctor`. */
export const checkSchema = z.object({
  name: z.string(),
  state: z.enum(['ok', 'missing', 'warning']),
  message: z.string(),
  /** What to do; null where all is well. */
  remedy: z.string().nullable(),
});
export type Check = Readonly<z.infer<typeof checkSchema>> & {
  /** What a page offers in the place of a command; of another machine it is never told, since that would be done on this one. */
  readonly offer?: Offer;
};

export const settingsRequests = {
  'settings.get': request<Settings>()(nothing),
  'settings.set': request<Settings>()(settingsSchema.partial()),
  'engines.list': request<readonly InstalledEngine[]>()(nothing),
  'engines.sources': request<readonly InstallableEngine[]>()(nothing),
  /**
   * Installs by one of the sources and selects what was installed. Where the study `goOn` had ended for the want of an engine, it then goes
   * on as it was launched.
   */
  'engines.install': request<Task>()(
    z.strictObject({ source: z.string(), path: z.string().optional(), goOn: z.string().optional() }),
  ),
  /** Refused where the environment variable KINDLING_ENGINE of the program names another. */
  'engines.select': request<readonly InstalledEngine[]>()(z.strictObject({ name: z.string() })),
  /** Runs one operation on the engine's device in a process of its own. */
  'engines.test': request<Task>()(z.strictObject({ name: z.string() })),
  /** Measures what computes fastest on this machine; trainings that begin later use it. */
  'engines.tune': request<Task>()(z.strictObject({ name: z.string() })),
  /** Whether NVIDIA's GPUs round products to TensorFloat-32; trainings that begin later do. */
  'engines.tensorFloat32': request<ChosenTensorFloat32>()(nothing),
  'engines.chooseTensorFloat32': request<ChosenTensorFloat32>()(
    z.strictObject({ chosen: tensorFloat32Schema }),
  ),
  'devices.list': request<Devices>()(nothing),
  'doctor.examine': request<readonly Check[]>()(nothing),
} as const;
