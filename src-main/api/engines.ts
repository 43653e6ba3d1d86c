import type { CheckedParametersOf } from '../../src-shared/contract/api/index.ts';
import type { InstalledEngine } from '../../src-shared/contract/api/settings.ts';
import type { Task } from '../../src-shared/contract/api/tasks.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { examineMachine } from '../doctor/examine-machine.ts';
import { findDevices } from '../doctor/find-devices.ts';
import { folderBytes } from '../files/folder-bytes.ts';
import {
  installCpuEngine,
  installGpuEngine,
  installPackageEngine,
  useLibrary,
} from '../engine/provisioning/install.ts';
import { type EngineInstallation, listEngines, selectEngine } from '../engine/provisioning/installation.ts';
import {
  describeInstallProgress,
  type InstallOptions,
  type InstallProgress,
} from '../engine/provisioning/progress.ts';
import { verifyBinding } from '../engine/provisioning/verify.ts';
import { bytesDone } from './bytes-done.ts';
import type { Handlers } from './handlers.ts';
import type { Host } from './host.ts';
import { hostPath } from './host-path.ts';
import type { TaskControl, TaskProgress, Tasks } from './tasks.ts';

type EngineRequest = `engines.${'list' | 'install' | 'select' | 'test'}` | 'devices.list' | 'doctor.examine';

/** The requests about engines, devices and what is missing. */
export function engineHandlers({
  home,
  storeFile,
  tasks,
  emit,
}: Pick<Host, 'home' | 'storeFile' | 'tasks' | 'emit'>): Pick<Handlers, EngineRequest> {
  return {
    'engines.list': () => listing(home),
    'engines.install': ({ source, path }) => startInstallation(home, tasks, source, path),
    'engines.select': ({ name }) => {
      selectEngine(home, selectable(home, name).name);
      emit({ type: 'reload' });
      return listing(home);
    },
    'engines.test': ({ name }) => startTest(tasks, installed(home, name)),
    'devices.list': () => findDevices(home),
    'doctor.examine': () => examineMachine(home, storeFile),
  };
}

function listing(home: string): InstalledEngine[] {
  return listEngines(home).map(({ name, kind, version, source, devices, folder, selected }) => ({
    ...{ name, kind, version, origin: source, devices, selected },
    bytes: folderBytes(folder),
  }));
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

type Source = CheckedParametersOf<'engines.install'>['source'];

/** @param path of what the user has: the library, or the wheel; else null */
type Install = (home: string, path: string | null, options: InstallOptions) => Promise<EngineInstallation>;

const INSTALLATIONS: Readonly<Record<Source, { readonly title: string; readonly install: Install }>> = {
  cpu: {
    title: 'Install TensorFlow for the CPU',
    install: (home, wheel, options) =>
      installCpuEngine(home, wheel === null ? options : { ...options, wheel }),
  },
  gpu: {
    title: 'Install TensorFlow for NVIDIA cards',
    install: (home, _, options) => installGpuEngine(home, options),
  },
  package: {
    title: 'Install the TensorFlow of tfjs-node',
    install: (home, _, options) => installPackageEngine(home, options),
  },
  use: {
    title: 'Use TensorFlow in',
    install: (home, library, options) => useLibrary(home, library ?? '', options),
  },
};

function startInstallation(home: string, tasks: Tasks, source: Source, typed: string | undefined): Task {
  const path = checkedPath(source, typed);
  const { title, install } = INSTALLATIONS[source];
  return tasks.start({
    title: source === 'use' ? `${title} ${path}` : title,
    subject: 'engine',
    work: async (control) => {
      const { name, version, devices } = await install(home, path, options(control));
      const forced = process.env['KINDLING_ENGINE'];
      const but = forced && forced !== name ? ` (but KINDLING_ENGINE names ${forced})` : '';
      const message = `${name}, TensorFlow ${version} on ${devices.join(', ')}, is installed and chosen${but}.`;
      return { message, result: null };
    },
  });
}

/** @throws Problem `usage` where one is missing, or is for nothing */
function checkedPath(source: Source, typed: string | undefined): string | null {
  if (source === 'use' && typed === undefined) {
    throw new Problem(
      'usage',
      'Enter the folder of the TensorFlow library, e.g. tensorflow in site-packages.',
    );
  }
  if (typed === undefined) return null;
  if (source === 'use' || source === 'cpu') return hostPath(typed);
  throw new Problem('usage', `A path is for your own library or wheel, not for ${source}.`);
}

function startTest(tasks: Tasks, { name, binding, libraryPath, kind }: EngineInstallation): Task {
  return tasks.start({
    title: `Test ${name}`,
    subject: `test of ${name}`,
    work: async (control) => {
      const began = performance.now();
      const { version, devices } = await verifyBinding(binding, libraryPath, kind, options(control));
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      const where = devices.join(', ');
      return {
        message: `TensorFlow ${version} computed rightly on ${where}, in ${seconds} s with its start.`,
        result: null,
      };
    },
  });
}

function options({ signal, report }: TaskControl): InstallOptions {
  return { signal, onProgress: (progress) => report(inWords(progress)) };
}

function inWords(progress: InstallProgress): TaskProgress {
  return { phase: describeInstallProgress(progress), ...bytesDone(progress.done, progress.total) };
}
