import type { Analysis, AnalysisSettings, KnownAnalysis } from '../../src-shared/analysis/analysis-result.ts';
import type { WantedFindings } from '../../src-shared/analysis/findings.ts';
import type { AnalysedSubject } from '../../src-shared/contract/api/analysis.ts';
import type { SavedFigure } from '../../src-shared/contract/api/figures.ts';
import type { AnnotationBack, RunTable, SavedView, TrashedRuns } from '../../src-shared/contract/api/runs.ts';
import type { TrashedNetwork } from '../../src-shared/contract/api/networks.ts';
import type { Curve } from '../../src-shared/runs/curve.ts';
import type { AnyCurveMetric } from '../../src-shared/metrics/imported-metric.ts';
import type { SavedNote, StudyNote, TrashedStudy } from '../../src-shared/contract/api/studies.ts';
import type { Artifact, Failure, RunResult } from '../../src-shared/studies/trainer-protocol.ts';
import type {
  FoundHistograms,
  StepHistograms,
  WantedHistograms,
} from '../../src-shared/metrics/layer-histograms.ts';
import type { MachineSample } from '../../src-shared/machine/machine-sample.ts';
import type { EpochPoint, StepPoint } from '../../src-shared/metrics/measured-values.ts';
import type { FigureSpecification } from '../../src-shared/figures/figure-specification.ts';
import type { ValuedAttempt } from '../../src-shared/runs/account.ts';
import type { CellRow, RunRow } from '../../src-shared/runs/run-row.ts';
import type { CostedCell, StoredCell } from '../../src-shared/studies/cell.ts';
import type { RunExtension } from '../../src-shared/studies/run-extension.ts';
import type { Provenance, RunRecord } from '../../src-shared/studies/run-record.ts';
import type { RunSeries } from '../../src-shared/metrics/measured-values.ts';
import type { NetworkRecord } from '../../src-shared/networks/network-record.ts';
import type { RunState } from '../../src-shared/studies/run-state.ts';
import type { FindRunFolder } from './run-folder.ts';
import type { KnownImport } from '../../src-shared/imports/known-import.ts';
import type { PlannedRun } from '../../src-shared/imports/plan-import.ts';
import type { ImportedStudy, KnownStudy } from '../../src-shared/studies/imported-study.ts';
import type { OpenedFrom } from '../../src-shared/studies/opened-from.ts';
import type { StudyCopy } from '../../src-shared/studies/study-copy.ts';
import type { StudyDefinition } from '../../src-shared/studies/study-definition.ts';

/**
 * Everything that Kindling remembers, in one file.
 *
 * The contract of all methods:
 * - They are synchronous but for `toDisk`, and each is one transaction: after a return its changes survive the death of the
 *   process (after a power cut what came after the last `toDisk` may be missing, never half of a change).
 * - Writing needs a store opened for scheduling; there is one such at a time, and any number of readers
 *   beside it, which see the state of the last finished transaction.
 * - A run that has ended does not change, nor do its points, results and provenance: an attempt is a bug
 *   and throws. Only one that was interrupted, or failed from outside, may go on (`resumeRuns`). Notes and tags lie beside
 *   a run and may change.
 * - What belongs to a study in the trash is left out of all lists and tables and is `not-found` by its name, but
 *   by the methods of `TrashStore`.
 * - Expected failures are thrown as `Problem`: `disk-full`, `store-damaged`, `store-busy`, and `not-found`
 *   for a study or run that is not there.
 */
export interface Store
  extends
    StudyStore,
    ImportStore,
    StagedStore,
    CopyStore,
    OpenedStore,
    RunStore,
    PointStore,
    HistogramStore,
    MachineStore,
    ResultStore,
    TableStore,
    AnnotationStore,
    ViewStore,
    FigureStore,
    TrashStore,
    SingleRunStore,
    AnalysisStore,
    NetworkStore,
    IdentityStore {
  readonly file: string;
  /** Where the folders of runs are made that begin. */
  readonly artifactsRoot: string;
  /** Where the files of a run or network lie, or would lie. Throws `store-damaged` for what is the id of neither. */
  readonly runFolder: FindRunFolder;
  /**
   * Resolves when all that was changed before the call survives a power cut; rejects where the system cannot write it, and what was there
   * before is kept.
   */
  toDisk(): Promise<void>;
  /** Lets go of the file and, if it was opened for scheduling, of the lock. May be called twice. */
  close(): void;
}

export interface StudyStore {
  /**
   * Adds a study or brings the one of this name up to date. Cells are matched by their id: known ones keep
   * their runs and take on the new factors and position, new ones are added, the others are kept
   * with their runs but no longer belong to the study's definition. Throws `usage` while a study of this name is in
   * the trash.
   */
  saveStudy(study: StudyInput): StudyChange;
  /** The study of this name, or null. */
  findStudy(name: string): StudyRecord | null;
  /** The study of this name. Throws `not-found` with the names that there are. */
  study(name: string): StudyRecord;
  /** All studies, in the order of their first start. */
  studies(): StudyRecord[];
  /** The cells of the study's present definition, in its order. */
  cells(study: string): StoredCell[];
  /** The same by what tells them apart, which is soon read. */
  cellFactors(study: string): Pick<CostedCell, 'id' | 'factors'>[];
  /** Every run of the study, those of former definitions included, in the order in which they were added. */
  attempts(study: string): ValuedAttempt[];
}

export interface ImportStore {
  /** The study that an import with this hash made, or null. */
  findImport(hash: string): { readonly study: string; readonly isTrashed: boolean } | null;
  /** The names of studies that were imported, the last one first. */
  importedStudies(): string[];
  /** One of them with all of its runs, in the order in which they were added. Throws `usage` for any other. */
  importedStudy(name: string): KnownImport;
  /** Throws `usage` for the name of a study that there is, in the trash or out of it. */
  requireFree(name: string): void;
}

export interface StagedStore {
  /**
   * Ends what `stageImport` or `stageCopy` began: the study, or what is added to one, is there with all of its runs from now on. Throws
   * `usage` for the name of a study that there is, or where one that is added to was removed or changed meanwhile.
   */
  publishStaged(staged: StagedStudy): void;
  /** Removes some of what was staged and not published. @returns whether there may be more of it */
  dropSomeStaged(): boolean;
}

export interface CopyStore {
  /**
   * A study with all of its runs that have ended. Of what has more bytes than `mostBytes` there is nothing. Throws `not-found`.
   */
  studyCopy(study: string, mostBytes: number): StudyCopy;
}

export interface OpenedStore {
  /** The study that was opened from a report with this hash, or null. */
  findOpened(hash: string): { readonly study: string; readonly isTrashed: boolean } | null;
  /** Throws `usage` for a study by a name, or with ids of runs, that the store has, in the trash or out of it. */
  refuseCopy(name: string, runs: readonly string[]): void;
}

export interface RunStore {
  /** Adds runs in state `waiting`, all or none, and returns their ids in order. */
  addRuns(runs: readonly NewRun[]): string[];
  /**
   * From `interrupted`, or from `failed` where that came from outside (`canGoOn`), to `waiting`, all or none: they go on as themselves.
   * Their points stay until `noteGoingOn`.
   */
  resumeRuns(ids: readonly string[]): void;
  /** Of a running run that was interrupted, or can go on from a shorter one: from which step it does. Its points and histograms after that are gone. */
  noteGoingOn(id: string, goingOn: GoingOn): void;
  /** From `running` to `waiting` without an interruption: it goes on where nobody here looks, and is told again later. */
  leaveRun(id: string): void;
  /**
   * Of a running run: all that was told of its training after a step, and of its interruptions after the first ones, as all of
   * that is told again.
   */
  forgetTraining(id: string, since: { readonly step: number; readonly interruptions: number }): void;
  /** Runs that go on no more and whose folders may still have resume checkpoints. */
  resumeRemovals(): string[];
  /** Notes that such a folder has none. */
  endResumeRemoval(run: string): void;
  /** From `waiting` to `running`. */
  startRun(id: string, start: RunStart): void;
  /** Notes what the trainer said at the start of a running run. */
  noteTraining(id: string, training: TrainingStart): void;
  /** From `running` to `complete`, with result, artifacts and compacted points. */
  completeRun(id: string, result: RunResult): void;
  /** From `running` to `failed`; the points are kept, compacted. */
  failRun(id: string, failure: Failure): void;
  /** From `waiting` to `cancelled`, or from `running` to `cancelled` or `interrupted`. */
  endRun(id: string, state: 'cancelled' | 'interrupted'): void;
  /** For how many epochs each of the cells with complete runs was trained: all the numbers that there are. */
  epochsTrained(): number[];
  /** Throws `not-found`. */
  run(id: string): RunRecord;
  /** Runs in the order in which they were added. */
  runs(filter?: RunFilter): RunRecord[];
}

export interface PointStore {
  /** Appends points and histograms of running runs in one transaction. Steps and epochs of a run are given once each. */
  appendPoints(points: readonly RunPoints[]): void;
  /** The last step up to which everything of a run is recorded: all points, of epochs as well. 0 where nothing is. */
  lastRecordedStep(id: string): number;
  /** Every point of the run, exactly as appended, whether it is running or finished. */
  series(id: string): RunSeries;
}

export interface HistogramStore {
  /** All that was recorded of the run, exactly as appended, by rising step. */
  histograms(id: string): StepHistograms[];
  /** What is wanted of those of these runs that have any, in the order of `names`; unknown ones are left out. */
  histogramsOf(names: readonly string[], wanted: WantedHistograms): FoundHistograms;
}

export interface MachineStore {
  /** Keeps what the machine did in some seconds; with more than `MOST_SAMPLES` of a study two become one. Nothing where there is no such study. */
  addMachineSample(study: string, sample: MachineSample): void;
  /** In the order of time; empty for a study that is not there. */
  machineSamples(study: string): MachineSample[];
}

export interface ResultStore {
  /** Null before the run began. */
  provenance(id: string): Provenance | null;
  /** Checkpoints and other files of a complete run. */
  artifacts(id: string): Artifact[];
  /** Of a complete run: rows are true classes, columns predicted ones. Null for any other. */
  confusion(id: string): Confusion | null;
}

export interface TableStore {
  /**
   * Every run in the order in which they were added, and every cell that is part of a study or has runs; with `runs`
   * only these and their cells (unknown ones are left out). Runs that have not ended have no summaries.
   */
  runTable(runs?: readonly string[]): RunTable;
  /** The cells of a study as the table has them: those of its present definition, then those that only have runs. */
  cellRows(study: string): CellRow[];
  /** Grows with every change that is made through this store. */
  revision(): number;
  /** Every point of one metric, in the order of `runs`; runs that are not there are left out. */
  curves(runs: readonly string[], metric: AnyCurveMetric): Curve[];
}

export interface AnnotationStore {
  /** Sets the note (an empty one removes it), adds and removes tags; all runs or none. Returns the rows as they are then. */
  annotate(runs: readonly string[], annotation: Annotation): RunRow[];
  /** Takes back what was written about runs, all or none. Returns the rows as they are then, and the runs whose note had changed, which stays. */
  annotateBack(runs: readonly AnnotationBack[]): {
    readonly rows: RunRow[];
    readonly changed: string[];
  };
  /**
   * Sets the note of a study; one without words removes it. Given the text that it was made from (empty for none), it is not saved where
   * somebody has changed that meanwhile. Throws `not-found`.
   */
  annotateStudy(study: string, text: string, base: string | null): SavedNote;
  /** Adds and removes tags of a study. Throws `not-found`. */
  tagStudy(study: string, tags: Pick<Annotation, 'addTags' | 'removeTags'>): void;
}

export interface ViewStore {
  /** In alphabetical order. */
  views(): SavedView[];
  /** Adds a view or replaces the one of this name. `query` is kept as JSON. */
  saveView(name: string, query: unknown): SavedView;
  /** Throws `not-found`. */
  removeView(name: string): void;
}

export interface FigureStore {
  /** The last changed first. */
  figures(): SavedFigure[];
  /** Throws `not-found`. */
  figure(id: string): SavedFigure;
  /** Adds a figure, or replaces the one with the id (`not-found` if there is none). */
  saveFigure(figure: FigureInput): SavedFigure;
  /** Throws `not-found`. */
  removeFigure(id: string): void;
  /** Adds one that was removed, as it was. Throws `usage` where it is there. */
  restoreFigure(figure: SavedFigure): SavedFigure;
}

export interface TrashStore {
  /** The last trashed first. */
  trashed(): TrashedStudy[];
  /** Throws `usage` while a run of the study is running. */
  trashStudy(name: string): TrashedStudy;
  /** Brings a study back out of the trash as it was. */
  restoreStudy(name: string): void;
  /**
   * Deletes studies in the trash (null: all of it) for good, with their runs. Those that had begun are noted as
   * `removals`, for the caller to remove their folders: in this order, since a run without its files is worse than files
   * without their run.
   * @returns the names of the studies
   */
  deleteTrashed(names: readonly string[] | null): string[];
  /** Deleted runs and networks, and networks whose import was cut off, whose folders are still to be removed. */
  removals(): string[];
  /** Notes that nothing is left to do about such a folder. */
  endRemoval(run: string): void;
}

/** How long an analysis took. */
export interface AnalysisTime {
  readonly settings: AnalysisSettings;
  readonly seconds: number;
  /** Of one image in the network; null where it is not known. */
  readonly macs: number | null;
}

/** Single runs that a person passes over or gives up. All or none of those that are named; throws `not-found`. */
export interface SingleRunStore {
  /** Their cells and seeds are not trained again by themselves: a waiting one becomes `cancelled`. Throws `usage` for one that is complete or running. */
  skipRuns(runs: readonly string[]): void;
  /** Throws `usage` for a run that has not ended. */
  trashRuns(runs: readonly string[]): void;
  /** Brings runs back out of the trash as they were. Throws `usage` where another one has taken the place of one. */
  restoreRuns(runs: readonly string[]): void;
  /** By study the runs in the trash, of studies that are not in it. The last trashed first. */
  trashedRuns(): TrashedRuns[];
  /** Deletes runs in the trash for good, like `deleteTrashed`; null for all. */
  deleteTrashedRuns(runs: readonly string[] | null): void;
}

/** What is said of runs holds of networks, too, by their ids. */
export interface AnalysisStore {
  /** Adds what a method found about a run, in the place of an earlier one with the same settings. */
  saveAnalysis(analysis: Analysis): void;
  /** What is known by a method with exactly these settings, or null. */
  findAnalysis(run: string, method: string, settings: AnalysisSettings): Analysis | null;
  /** Analyses of these runs (unknown ones are left out), in the order of the runs and then of their making. */
  analyses(runs: readonly string[], wanted?: WantedFindings): Analysis[];
  /** The same without what was found, which can be much. */
  knownAnalyses(runs: readonly string[]): KnownAnalysis[];
  /** Whether there is any, also of a checkpoint. */
  hasAnalyses(runs: readonly string[]): boolean;
  /** All runs and networks of which anything is known, with the methods. */
  analysedSubjects(): AnalysedSubject[];
  /** How long analyses by a method took on this machine, the newest first, at most this many. */
  analysisTimes(method: string, most: number): AnalysisTime[];
}

/** What can be set of an imported network. */
export type SetNetwork = Pick<
  NetworkRecord,
  'name' | 'input' | 'preprocessing' | 'setAt' | 'file' | 'bytes' | 'sha256'
>;

export interface NetworkStore {
  /**
   * Prepares for a network whose files are about to be written: until it is added, its folder counts among `removals`, so
   * that nothing is left of an import that is cut off. Throws `usage` for a name that a network has, or none may have.
   * @returns its id
   */
  beginNetwork(name: string): string;
  /** Adds a network that was begun. Throws `usage` for a name that a network has by now, or if its folder is gone. */
  addNetwork(network: NetworkRecord): void;
  /** By its id or name. */
  findNetwork(idOrName: string): NetworkRecord | null;
  /** The same. Throws `not-found` with the names that there are. */
  network(idOrName: string): NetworkRecord;
  /** In the order in which they were added. */
  networks(): NetworkRecord[];
  /** Sets the name, input and preprocessing of a network, whose checkpoint was written anew. Throws `not-found`, and `usage` for a name. */
  setNetwork(id: string, changed: SetNetwork): NetworkRecord;
  /** Throws `not-found`. Its name is free for another one then. */
  trashNetwork(idOrName: string): TrashedNetwork;
  /**
   * Brings a network back out of the trash as it was, by its id, or the last trashed of a name. Throws `not-found`, and
   * `usage` where another one has its name.
   */
  restoreNetwork(idOrName: string): NetworkRecord;
  /** The last trashed first. */
  trashedNetworks(): TrashedNetwork[];
  /** Deletes all networks in the trash for good, with what was found about them, like `deleteTrashed`. */
  deleteTrashedNetworks(): void;
}

export interface IdentityStore {
  /** What marks the folders of this store's runs. Copies have the same until one of them is given another. */
  identity(): string;
  /** Makes the store another one than those that it is a copy of. */
  renewIdentity(): string;
}

export interface Annotation {
  readonly note?: string;
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
}

export interface FigureInput {
  /** Without one a new figure. */
  readonly id?: string;
  readonly name: string;
  readonly specification: FigureSpecification;
  /** Ids of the runs that it shows. */
  readonly runs: readonly string[];
}

export interface StudyInput {
  readonly definition: StudyDefinition;
  /** The study file as it was read. */
  readonly text: string;
  readonly dataHash: string;
  readonly cells: readonly CostedCell[];
}

export interface ImportedStudyInput {
  readonly definition: ImportedStudy;
  /** What was imported as what, for people. */
  readonly text: string;
  /** Empty where it is unknown. */
  readonly dataset: string;
  readonly cells: readonly StoredCell[];
  /** Each of one of the cells; no two complete ones of one cell have the same seed. */
  readonly runs: readonly PlannedRun[];
  /** The study as it was to which they are added; cells that it has are called as in it. Null for a study of their own. */
  readonly addedTo: ImportedStudy | null;
}

/** What is written and nobody sees yet. */
export interface StagedStudy {
  /** What the study is to be called. */
  readonly study: string;
  /** Its row. */
  readonly row: number;
  /** Where its runs are added to a study. */
  readonly addition?: StagedAddition;
}

/** Runs that are to be moved to a study, and so come to their ends only there. */
export interface StagedAddition {
  /** The study as it was. */
  readonly to: ImportedStudy;
  readonly ends: readonly (Pick<PlannedRun, 'seed' | 'state' | 'failure'> & { readonly row: number })[];
}

export interface StudyChange {
  readonly created: boolean;
  /** Whether the file, the data or the cells are others than before. */
  readonly changed: boolean;
  readonly added: number;
  readonly kept: number;
  /** Cells that belonged to the former definition only. */
  readonly dropped: number;
}

export interface StudyRecord {
  readonly name: string;
  /** Empty where it is unknown, as is the hash. */
  readonly dataset: string;
  readonly dataHash: string;
  readonly definition: KnownStudy;
  readonly text: string;
  readonly note: StudyNote | null;
  /** In alphabetical order. */
  readonly tags: readonly string[];
  /** The report that it was read from; null for any other study. */
  readonly openedFrom: OpenedFrom | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Cells of the present definition. */
  readonly cells: number;
  /** What its complete runs wrote into their artifact folders; those that came from a report wrote theirs elsewhere. */
  readonly artifactBytes: number;
  /** Its runs in the trash, which count nowhere. */
  readonly trashedRuns: number;
  /** Runs by state; runs that were repeated count too. */
  readonly runs: Readonly<Record<RunState, number>>;
}

export interface NewRun {
  readonly study: string;
  readonly cell: string;
  readonly seed: number;
  readonly retryOf: string | null;
}

export interface RunStart {
  readonly provenance: Provenance;
}

export interface GoingOn {
  /** 0: from its beginning. */
  readonly step: number;
  /** Why not from the last resume checkpoint, or on what other engine; null where all is well. */
  readonly note: string | null;
  /** The end of a shorter run, from which it was told that it could; from there its points are that one's. */
  readonly shorter?: Pick<RunExtension, 'from' | 'step' | 'seconds'>;
}

export interface TrainingStart {
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  readonly mode: 'compiled' | 'eager';
  readonly modeReason: string | null;
  /** As of `RunRecord`. */
  readonly images?: string;
}

export interface RunFilter {
  /** These and no others. */
  readonly ids?: readonly string[];
  readonly study?: string;
  readonly cell?: string;
  /** Ids of cells. */
  readonly cells?: readonly string[];
  readonly states?: readonly RunState[];
}

export interface RunPoints {
  readonly run: string;
  readonly steps: readonly StepPoint[];
  readonly epochs: readonly EpochPoint[];
  /** Absent where none were recorded. */
  readonly histograms?: readonly StepHistograms[];
}

export interface Confusion {
  readonly counts: readonly (readonly number[])[];
  /** Share of each class's test images that were recognised; null for a class without any. */
  readonly classAccuracy: readonly (number | null)[];
}
