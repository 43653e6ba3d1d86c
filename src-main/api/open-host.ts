import { costedCells, requireTrained } from '../../src-shared/studies/imported-study.ts';
import { measuredPeaks } from '../../src-shared/runs/measured-peaks.ts';
import type { MeasuredPeaks } from '../../src-shared/studies/trainer-memory.ts';
import type { ApplicationEvent } from '../../src-shared/contract/api/events.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { pictureExplainer } from '../analysis/prediction/picture-explainer.ts';
import { lentAnalysisWorker } from '../analysis/analysis-work.ts';
import { findingsReader } from '../analysis/read-findings.ts';
import { removeEndedResumes } from '../artifacts/resume-files.ts';
import { removeRunFolders } from '../artifacts/run-folders.ts';
import { artifactsFolder, storeFile as defaultStoreFile, uploadsFolder } from '../home.ts';
import { StudyQueue } from '../scheduler/study-queue.ts';
import { openStore } from '../store/open-store.ts';
import type { Store } from '../store/store.ts';
import { localEnvironment, type TrainingEnvironment } from './training-environment.ts';
import { type EventStream, eventStream } from './event-stream.ts';
import type { Host } from './host.ts';
import { readSettings } from './settings-file.ts';
import { refusalOf } from './refusal-of.ts';
import { runChanges } from './run-changes.ts';
import { followSubmitted, noteSubmitted, tidySpool } from './collect-studies.ts';
import { rowsGoingOn } from './rows-going-on.ts';
import { runTableReader } from './run-table-reader.ts';
import { tellStudyEvent } from './study-events.ts';
import { studyListings } from './study-listings.ts';
import { createTasks } from './tasks.ts';
import { createUploads } from './uploads.ts';
import { watchStore } from './watch-store.ts';

export interface ApplicationOptions {
  /** Folder of artifacts, engines and data. */
  readonly home: string;
  /** Default: the one in `home`. */
  readonly storeFile?: string;
  /** Who this is, for the message to another Kindling that wants the store: `kindling serve`. */
  readonly holder?: string;
  /** Opens the store when it is first needed, for who may not need it; by default at once. */
  readonly opensLater?: boolean;
  /** Looks for studies whose runs were submitted, now and then, and follows them. */
  readonly collects?: boolean;
  /** Only reads the store, which must be there, also beside one who schedules on it; follows what that one does. */
  readonly readOnly?: boolean;
  /** Default: that of this machine. */
  readonly environment?: TrainingEnvironment;
  /** Is told errors that nobody expected; default: the error output. */
  readonly onBug?: (error: unknown) => void;
}

export interface OpenHost {
  readonly host: Host;
  readonly events: EventStream;
  /** Stops trainers and tasks in order, and closes the store. */
  readonly close: () => Promise<void>;
}

type HostOptions = ApplicationOptions & Required<Pick<ApplicationOptions, 'onBug'>>;

/** Opens the store and puts together what the handlers work on. @throws Problem of the store */
export function openHost(options: HostOptions): OpenHost {
  const { home, onBug } = options;
  const storeFile = options.storeFile ?? defaultStoreFile(home);
  const environment = options.environment ?? localEnvironment(home, () => readSettings(home).settings.jobs);
  const readOnly = options.readOnly ?? false;
  const open = (): Store =>
    openStore(storeFile, {
      purpose: readOnly ? 'read' : 'schedule',
      artifactsRoot: artifactsFolder(home),
      ...(options.holder === undefined ? {} : { holder: options.holder }),
    });
  let opened: Store | null = null;
  let isReplaced = false;
  let removing: Promise<unknown> = Promise.resolve();
  let tidying: Promise<unknown> = Promise.resolve();
  const tooLate = new AbortController();
  const store = (): Store => {
    if (isReplaced) {
      throw new Problem('store-busy', 'A backup is being restored; try again in a moment.');
    }
    if (opened) return opened;
    opened = open();
    // what an end in the middle of emptying the trash, or of a run, has left
    if (!readOnly) {
      removing = removeRunFolders(opened).catch(onBug);
      removeEndedResumes(opened);
    }
    return opened;
  };
  if (!options.opensLater) store();
  const events = eventStream(onBug);
  const emit = (event: ApplicationEvent): void => events.emit(event);
  const queue: StudyQueue = new StudyQueue({
    store,
    gather: (study, launch, control) => {
      const { definition: known, text, dataHash, runs } = store().study(study);
      const definition = requireTrained(known);
      const cells = costedCells(store().cells(study));
      const ended = runs.complete + runs.failed;
      const identity = store().identity();
      const peaks = (engine: string): MeasuredPeaks => measuredPeaks(host.runIndex(), engine);
      const { resumeSeconds } = readSettings(home).settings;
      const gathered = environment.gather(
        { definition, text, dataHash, cells, ended, store: identity, storeFile, peaks, ...launch },
        control,
      );
      return gathered.then((found) => ({ ...found, resumeSeconds }));
    },
    onChange: (study) => safely(() => host.emitStudy(study)),
    onEvent: (study, event) => safely(() => tellStudyEvent(host, study, event)),
    onEnd: (study, { message, well, outcome, error }) => {
      // before the end, so that who hears of it has every run of the study
      safely(() => changes.flush());
      const failure = outcome === null ? refusalOf(error, message) : null;
      emit({ type: 'study ended', study, message, well, outcome, failure });
      host.afterwards((signal) => tidySpool(host, study, signal));
    },
    onBug,
  });
  const safely = (action: () => void): void => {
    try {
      action();
    } catch (error) {
      onBug(error);
    }
  };
  const tasks = createTasks((task) => emit({ type: 'task', task }));
  const uploads = createUploads(uploadsFolder(home));
  const explainer = pictureExplainer(home);
  const analyst = lentAnalysisWorker(home);
  const findings = findingsReader();
  const listings = studyListings(store, (study) => queue.status(study));
  const changes = runChanges((runs) => rowsGoingOn(store(), store().runTable(runs).runs), emit, onBug);
  const host: Host = {
    ...{ home, storeFile, readOnly, environment, queue, tasks, uploads, explainer },
    ...{ analyst, findings, listings, changes, store, emit },
    afterwards: (work) => {
      tidying = tidying.then(() => work(tooLate.signal)).catch(onBug);
    },
    replaceStore: async (action) => {
      // one that nobody has opened may be what another is put in the place of because it cannot be
      const former = opened;
      if (former) changes.flush();
      opened = null;
      isReplaced = true;
      await removing;
      former?.close();
      try {
        return await action();
      } finally {
        isReplaced = false;
        if (former) store();
        listings.forgetAll();
        emit({ type: 'reload' });
      }
    },
    ...runTableReader(store, (dataset) => environment.describeDataset(dataset)),
    emitStudy: (name) => {
      const study = store().findStudy(name);
      if (study) emit({ type: 'study', study: listings.of(study) });
    },
    emitCells: (study) => emit({ type: 'cells', study, cells: store().cellRows(study) }),
    sequence: () => events.hello().sequence,
  };
  const stopCollecting = options.collects ? collectNowAndThen(host, onBug) : () => undefined;
  const unwatch = readOnly
    ? watchStore(storeFile, () =>
        safely(() => {
          const former = opened;
          opened = open();
          former?.close();
          listings.forgetAll();
          emit({ type: 'reload' });
        }),
      )
    : () => undefined;
  return {
    host,
    events,
    close: async () => {
      stopCollecting();
      unwatch();
      explainer.close();
      findings.close();
      await Promise.all([queue.close(), tasks.close(), removing]);
      analyst.close();
      // a host may never answer: what is left is done the next time
      const late = setTimeout(() => tooLate.abort(), TIDY_MS);
      await tidying;
      clearTimeout(late);
      uploads.close();
      safely(() => changes.flush());
      changes.close();
      opened?.close();
    },
  };
}

const COLLECT_MS = 60_000;
/** That the end of the application waits for what nobody else waits for. */
const TIDY_MS = 5000;

/** A host may take longer to answer than the time between two rounds, and until after the end. @returns ends it */
function collectNowAndThen(host: Host, onBug: (error: unknown) => void): () => void {
  let isCollecting = false;
  let isOver = false;
  const collect = async (): Promise<void> => {
    if (isCollecting) return;
    isCollecting = true;
    try {
      if (!host.readOnly) await followSubmitted(host);
      await noteSubmitted(host);
    } catch (error) {
      // the store is closed then
      if (!isOver) onBug(error);
    } finally {
      isCollecting = false;
    }
  };
  void collect();
  const timer = setInterval(() => void collect(), COLLECT_MS);
  return () => {
    isOver = true;
    clearInterval(timer);
  };
}
