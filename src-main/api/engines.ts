import { duration } from '../../src-shared/numbers.ts';
import type { InstallableEngine, InstalledEngine } from '../../src-shared/contract/api/settings.ts';
import type { Task } from '../../src-shared/contract/api/tasks.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { examineMachine } from '../doctor/examine-machine.ts';
import { findDevices } from '../doctor/find-devices.ts';
import { folderBytes } from '../files/folder-bytes.ts';
import type { EngineSource } from '../engine/engine-kind.ts';
import { chooseTensorFloat32, chosenTensorFloat32 } from '../engine/chosen-tensor-float-32.ts';
import {
  ENGINE_SOURCES,
  engineKind,
  engineKindNamed,
  engineSourceNamed,
  engineTitle,
} from '../engine/engines/registry.ts';
import { type EngineInstallation, listEngines, selectEngine } from '../engine/installations/installation.ts';
import {
  describeInstallProgress,
  type InstallOptions,
  type InstallProgress,
} from '../engine/installations/progress.ts';
import { forgetFailures, knownTrainers } from '../engine/measuring/trainers-record.ts';
import { bytesDone } from './bytes-done.ts';
import type { Handlers } from './handlers.ts';
import type { Host } from './host.ts';
import { hostPath } from './host-path.ts';
import type { TaskControl, TaskProgress, Tasks } from './tasks.ts';

type EngineRequest =
  | `engines.${'list' | 'sources' | 'install' | 'select' | 'tune' | 'test' | 'tensorFloat32' | 'chooseTensorFloat32'}`
  | 'devices.list'
  | 'doctor.examine';

/** The requests about engines, devices and what is missing. */
export function engineHandlers({
  home,
  storeFile,
  tasks,
  queue,
  emit,
}: Pick<Host, 'home' | 'storeFile' | 'tasks' | 'queue' | 'emit'>): Pick<Handlers, EngineRequest> {
  const mended = (goOn: string | null): void =>
    queue.mended(({ action }) => action === 'install-engine', goOn);
  return {
    'engines.list': () => listing(home),
    'engines.sources': sources,
    'engines.install': ({ source, path, goOn }) =>
      startInstallation(home, tasks, { name: source, typed: path, then: () => mended(goOn ?? null) }),
    'engines.select': ({ name }) => {
      selectEngine(home, selectable(home, name).name);
      mended(null);
      emit({ type: 'reload' });
      return listing(home);
    },
    'engines.tune': ({ name }) => startTuning(tasks, installed(home, name)),
    'engines.test': ({ name }) => startTest(tasks, installed(home, name)),
    'engines.tensorFloat32': () => chosenTensorFloat32(home),
    'engines.chooseTensorFloat32': ({ chosen }) => chooseTensorFloat32(home, chosen),
    'devices.list': () => findDevices(home),
    'doctor.examine': () => examineMachine(home, storeFile),
  };
}

function listing(home: string): InstalledEngine[] {
  return listEngines(home).map((installation) => {
    const { name, engine, kind, version, source, devices, folder, selected } = installation;
    const tuner = engineKind(engine)?.tuning ?? null;
    const tuning = {
      tunable: tuner !== null && kind === 'cpu',
      tuning: tuner?.describe(installation) ?? null,
      trainers: knownTrainers(installation),
    };
    return {
      ...{ name, program: engineTitle(engine), kind, version, origin: source, devices, selected, ...tuning },
      bytes: folderBytes(folder),
    };
  });
}

function sources(): InstallableEngine[] {
  return ENGINE_SOURCES.map(({ name, title, about, path }) => ({ name, title, about, path }));
}

function installed(home: string, name: string): EngineInstallation {
  const engines = listEngines(home);
  const engine = engines.find((each) => each.name === name);
  if (engine !== undefined) return engine;
  const names = engines.map((each) => each.name).join(', ') || 'none';
  throw new Problem('not-found', `There is no engine ${name}. Installed: ${names}.`);
}

function selectable(home: string, name: string): EngineInstallation {
  const engine = installed(home, name);
  const forced = process.env['KINDLING_ENGINE'];
  if (!forced || forced === name) return engine;
  throw new Problem(
    'usage',
    `KINDLING_ENGINE names ${forced}, which takes precedence; start Kindling without it to select ${name}.`,
  );
}

interface Wanted {
  /** Of the source. */
  readonly name: string;
  readonly typed: string | undefined;
  /** Once it is there. */
  readonly then: () => void;
}

function startInstallation(home: string, tasks: Tasks, { name, typed, then }: Wanted): Task {
  const source = engineSourceNamed(name);
  const path = checkedPath(source, typed);
  return tasks.start({
    title: path === null ? source.title : `${source.title}: ${path}`,
    subject: 'engine',
    changes: 'engines',
    work: async (control) => {
      const engine = await source.install(home, path, options(control));
      const notes = await prepared(engine, control);
      const forced = process.env['KINDLING_ENGINE'];
      const but = forced && forced !== engine.name ? ` (but KINDLING_ENGINE names ${forced})` : '';
      const title = engineTitle(engine.engine);
      then();
      return {
        message: `${engine.name}, ${title} ${engine.version} on ${engine.devices.join(', ')}, is installed and chosen${[but, ...notes].join('. ')}.`,
        result: null,
      };
    },
  });
}

/** Tunes what was installed. Who cancels that keeps the engine. @returns what the user should know */
async function prepared(engine: EngineInstallation, control: TaskControl): Promise<readonly string[]> {
  try {
    return await engineKindNamed(engine.engine).prepare(engine, options(control));
  } catch (error) {
    if (!control.signal.aborted) throw error;
    return ['It was not measured on this machine: the first study does'];
  }
}

/** @throws Problem `usage` where one is missing, or is for nothing */
function checkedPath({ name, path }: EngineSource, typed: string | undefined): string | null {
  if (typed !== undefined && path === null) throw new Problem('usage', `The engine ${name} takes no path.`);
  if (typed === undefined && path?.isRequired) throw new Problem('usage', `Enter the ${path.about}.`);
  return typed === undefined ? null : hostPath(typed);
}

function startTuning(tasks: Tasks, installation: EngineInstallation): Task {
  const { name, kind } = installation;
  const tuning = kind === 'cpu' ? engineKindNamed(installation.engine).tuning : null;
  const again = forgetFailures(installation)
    ? ['how trainers are fastest is measured again as the next study begins, where that had failed']
    : [];
  if (tuning === null && again.length === 0)
    throw new Problem('usage', `There is nothing to tune in ${name}.`);
  return tasks.start({
    title: `Tune ${name}`,
    subject: 'engine',
    changes: 'engines',
    work: async (control) => {
      await tuning?.tune(installation, options(control));
      const said = [tuning?.describe(installation) ?? [], ...again].flat().join('; ');
      return { message: `${name} on this machine: ${said}.`, result: null };
    },
  });
}

function startTest(tasks: Tasks, installation: EngineInstallation): Task {
  const kind = engineKindNamed(installation.engine);
  return tasks.start({
    title: `Test ${installation.name}`,
    subject: `test of ${installation.name}`,
    work: async (control) => {
      const began = performance.now();
      const { version, devices } = await kind.check(installation, options(control));
      const took = duration((performance.now() - began) / 1000);
      return {
        message: `${kind.title} ${version} computed correctly on ${devices.join(', ')}, in ${took} including its start.`,
        result: null,
      };
    },
  });
}

function options({ signal, report }: TaskControl): InstallOptions {
  return { signal, onProgress: (progress) => report(inWords(progress)) };
}

function inWords(progress: InstallProgress): TaskProgress {
  const { stage, done, total, secondsLeft } = progress;
  const howFar = stage === 'measure' ? measurementsDone(done, total) : bytesDone(done, total);
  return {
    phase: describeInstallProgress(progress),
    ...howFar,
    ...(secondsLeft === undefined ? {} : { secondsLeft }),
  };
}

function measurementsDone(done: number | null, total: number | null): ReturnType<typeof bytesDone> {
  if (done === null || !total) return { share: null, detail: '' };
  return { share: done / total, detail: `${done} of ${total}` };
}
