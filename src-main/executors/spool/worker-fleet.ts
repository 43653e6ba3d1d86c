import type { z } from 'zod';
import type { Check } from '../../../src-shared/contract/api/settings.ts';
import { checkInput } from '../../../src-shared/mistakes/check-input.ts';
import { accepted } from '../../../src-shared/mistakes/mistakes-problem.ts';
import type { JobPlan } from '../../../src-shared/studies/plan-jobs.ts';
import type { Rhythm } from '../../spool/spool-study.ts';
import type { ExecutorSite, JobsWanted } from '../executor.ts';
import type { SshHost } from '../ssh/ssh-host.ts';

/**
 * What starts workers on a spool, asks after them and ends them: processes of this machine, or jobs of a cluster. A worker is the
 * command `workerCommand(spool)`. It leases runs of the spool, trains them one after the other, and ends by itself:
 *
 * - with status 0 where nothing is left to train;
 * - with status `REQUEUE` (75) after SIGUSR1 or SIGTERM, or where its time is nearly up: the present run goes on from a resume
 *   checkpoint in whichever worker leases it next, so that what started this one may start it again;
 * - with another status where it can do nothing here (no engine, other data, a full disk); the last line of its error output says why.
 *
 * Workers outlast the process that started them, which may be another one than asks after them: whatever a fleet has to know of them
 * (the ids of its jobs) it keeps in the folder `fleet` of the spool, and nowhere else. Workers that are started twice, or too many,
 * do no harm: a run is leased by one at a time.
 */
export interface WorkerFleet {
  /**
   * Has so many more workers started, now or when there is room. Once it resolves, they come without this process.
   * @throws Problem where none can be: what is missing, and what to do
   */
  start(count: number): Promise<void>;
  /**
   * All that were started on this spool and are not known to be over, and those that ended since this was last asked.
   * @throws Problem where nothing can be known now (no answer): it is asked again later
   */
  workers(): Promise<readonly FleetWorker[]>;
  /** Instead of the description's, where an open fleet knows more of its place; absent where it does not. */
  plan?(request: JobsWanted): JobPlan;
  /** Ends those that run as SIGTERM does, and takes back those that wait. Resolves when they have been told. */
  stop(): Promise<void>;
}

export interface FleetWorker {
  /** What the fleet calls it, for people: `4711`, `812_3`. */
  readonly id: string;
  /** `ended` also where it cannot come any more. */
  readonly state: 'waiting' | 'running' | 'ended';
  /** Why it waits, or how it ended; null where there is nothing to say. */
  readonly note: string | null;
}

/** What a fleet is opened with. */
export interface FleetSite<Settings> {
  /** The folder of a spool, which is there. */
  readonly spool: string;
  /** Folder of engines and data, which the workers have as well. */
  readonly home: string;
  readonly settings: Settings;
  /** Whose runs are trained. */
  readonly study: ExecutorSite['study'];
  /** Ends what takes its time. */
  readonly signal?: AbortSignal;
}

export interface SettingsElsewhere<Settings> {
  readonly at: SshHost;
  /** Without the host. */
  readonly settings: Settings;
}

/** What a person says of a fleet. @throws Problem `usage` with what is wrong */
export function fleetSettings<Settings>(
  { name, settings }: FleetDescription<Settings>,
  said: unknown,
): Settings {
  return accepted(checkInput(settings, said), 'usage', [name]);
}

/** A kind of fleet: with `spoolExecutor` it is an executor. */
export interface FleetDescription<Settings> {
  /** Of the executor, on the command line and in the API: `slurm`. */
  readonly name: string;
  /** What people call it: `Slurm`. */
  readonly title: string;
  /** One line for people. */
  readonly about: string;
  /** As that of an executor. */
  readonly examine?: (home: string, settings: Settings, isProbed: boolean) => Promise<readonly Check[]>;
  /** What a person may say of it, each field with its words. They are kept in the spool, so that who collects asks after the same workers. */
  readonly settings: z.ZodObject & z.ZodType<Settings>;
  /** The host on which the spool is opened and the workers are started, and what is said there; absent or null for this machine. */
  readonly elsewhere?: (settings: Settings) => SettingsElsewhere<Settings> | null;
  /** Folder in which spools are made, on a disk that the workers see; absent or null for `<home>/spools`. */
  readonly spoolsFolder?: (settings: Settings) => string | null;
  /** How soon the death of a worker is noticed; absent for what suits a disk of many machines. */
  readonly rhythm?: Rhythm;
  /** Workers at once (`jobs`), and the threads of each. @throws Problem `usage` for a number that there cannot be */
  readonly plan: (request: JobsWanted, site: Pick<FleetSite<Settings>, 'home' | 'settings'>) => JobPlan;
  /** @throws Problem where no worker could be started: what is missing, and what to do */
  readonly open: (site: FleetSite<Settings>) => Promise<WorkerFleet>;
}

/** Gives a description its type. */
export function defineFleet<Settings>(description: FleetDescription<Settings>): FleetDescription<Settings> {
  return description;
}
