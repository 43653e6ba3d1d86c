import type { Card } from '../../src-shared/machine/card.ts';
import type { Precision } from '../../src-shared/studies/recipe.ts';
import type { MeasuredTrainers } from '../../src-shared/studies/measured-trainers.ts';
import type { Check } from '../../src-shared/contract/api/settings.ts';
import type { Engine } from './engine.ts';
import type { EngineInstallation } from './installations/installation.ts';
import type { InstallOptions } from './installations/progress.ts';

/**
 * A kind of engine: how it comes onto a machine and how it is opened. Its folder is below engines/, its line in
 * engines/all.ts; what it opens passes test/main/engine/engine-suite.ts.
 *
 * Descriptions are loaded at every start of the program, so that what installs or computes is imported by the functions
 * here when they are called.
 */
export interface EngineKind {
  /** In the `engine.json` of what is installed, e.g. `tensorflow`; never changed. */
  readonly name: string;
  /** For people, e.g. `TensorFlow`. The version of an installation is one of this. */
  readonly title: string;
  /** In lists of engines to install; those without one stand last. */
  readonly place?: number;
  /** The ways to install it. */
  readonly sources: readonly EngineSource[];
  /** What has to be on the machine to install it, for `kindling doctor`. */
  readonly requirements: readonly Requirement[];
  /** Whether analyses can use it: they read tensors as they need them, which a device that answers later does not allow. */
  readonly analyses: boolean;
  /** In which it trains: what its `Engine` has operations for. */
  readonly precisions: readonly Precision[];
  /**
   * Added to the environment of a process that opens the engine, from its start, by the threads that it computes with. How
   * the engine is tuned is read once.
   */
  readonly environment: (installation: EngineInstallation) => (threads: number) => Record<string, string>;
  /**
   * Names of variables by which the environment of Kindling changes how steps are computed: what is measured under one of them does not hold
   * without it. Absent: there are none.
   */
  readonly variables?: readonly string[];
  /**
   * Added to that of a process that is to compute on this card alone, which it then sees as its first. Absent for an engine that computes on
   * no cards, or cannot be told on which.
   */
  readonly cardEnvironment?: (card: Card) => Record<string, string>;
  /** Whether its processes heed `tensorFloat32Environment` on a GPU. Absent: they do not. */
  readonly heedsTensorFloat32?: true;
  /**
   * Loads the engine into this process and makes it current, once in the life of a process.
   * @throws Problem `engine-invalid` if it cannot be loaded
   */
  readonly open: (installation: EngineInstallation) => Promise<Engine>;
  /**
   * Brings an installation up to this version of Kindling and tunes it to this machine, before it is opened for trainings; at
   * once where there is nothing to do. An engine outlives the version that installed it, and a home may be copied.
   * @returns what the user should know, e.g. that it could not be tuned
   * @throws only the reason of an abort; what there was before is as it was
   */
  readonly prepare: (installation: EngineInstallation, options: InstallOptions) => Promise<readonly string[]>;
  /** Measuring what computes fastest on this machine; null where there is nothing to choose. */
  readonly tuning: {
    /** What was chosen for this machine, e.g. `oneDNN, 1.57 times as fast as without`; null where it was not measured. */
    readonly describe: (installation: EngineInstallation) => string | null;
    /** What several trainers did on this machine beside one; empty where it was not measured. */
    readonly trainers: (installation: EngineInstallation) => readonly MeasuredTrainers[];
    /**
     * Measures and records: some seconds, in processes of their own. Later trainings use what was found, and say so in their
     * record. What was recorded before stays where this fails.
     * @throws Problem; the reason of an abort
     */
    readonly tune: (installation: EngineInstallation, options: InstallOptions) => Promise<void>;
  } | null;
  /**
   * Has the engine compute in a process of its own (a broken library may crash it), on the device for which it was
   * installed, and compares the results with what they must be.
   * @throws Problem `engine-invalid` with the reason
   */
  readonly check: (installation: EngineInstallation, options: InstallOptions) => Promise<CheckedEngine>;
}

/** One way to install an engine. */
export interface EngineSource {
  /** What is typed after `kindling engine install`, e.g. `cpu`; no two kinds share one. */
  readonly name: string;
  /** A command to a person: `Install TensorFlow for the CPU`. */
  readonly title: string;
  /** For whom it is and what it takes: part of a sentence in lower case. */
  readonly about: string;
  /** The file or folder that it may be given; null where it takes none. */
  readonly path: {
    /** e.g. `folder of a TensorFlow library` */
    readonly about: string;
    readonly takes: 'file' | 'folder';
    readonly isRequired: boolean;
  } | null;
  /**
   * Installs it into the engines folder of `home` (see installStaged) and selects it.
   * @param path whole; given where it is required, null where the source takes none
   * @throws Problem `engine-missing` (something that it needs is not there), `engine-invalid`, `disk-full`
   */
  readonly install: (
    home: string,
    path: string | null,
    options: InstallOptions,
  ) => Promise<EngineInstallation>;
}

export interface CheckedEngine {
  readonly version: string;
  /** True when the operations ran on a GPU. */
  readonly gpu: boolean;
  /** e.g. `CPU:0`, or `GPU:0 NVIDIA H100 80GB HBM3` */
  readonly devices: readonly string[];
  /** What `kindling doctor` tells of it beside whether it computes. */
  readonly checks: readonly Check[];
}

/** A program that an installation calls. */
export interface Requirement {
  /** e.g. `C++ compiler` */
  readonly name: string;
  /** What there is, in a line. @throws Problem whose message is what to do */
  readonly find: () => Promise<string>;
}

/** Gives a description its type. */
export function defineEngine(kind: EngineKind): EngineKind {
  return kind;
}
