import type { CheckedParametersOf } from '../../src-shared/contract/api/index.ts';
import type { InstalledEngine } from '../../src-shared/contract/api/settings.ts';
import type { Task } from '../../src-shared/contract/api/tasks.ts';
import { Problem } from '../../src-shared/contract/problem.ts';
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
}: Pick<Host, 'home' | 'storeFile' | 'tasks'>): Pick<Handlers, EngineRequest> {
  return {
    'engines.list': () => listing(home),
    'engines.install': ({ source, path }) => startInstallation(home, tasks, source, path),
    'engines.select': ({ name }) => {
      selectEngine(home, selectable(home, name).name);
      return listing(home);
    },
    'engines.test': ({ name }) => startTest(tasks, installed(home, name)),
    'devices.list': () => findDevices(home),
    'doctor.examine': () => examineMachine(home, storeFile),
  };
}

function listing(home: string): InstalledEngine[] {
  return listEngines(home).map(({ name, kind, version, source, folder, selected }) => ({
    ...{ name, kind, version, origin: source, selected },
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
    `KINDLING_ENGINE names ${forced}, which goes before any choice; start Kindling without it to choose ${name}.`,
  );
}

function startInstallation(
  home: string,
  tasks: Tasks,
  source: CheckedParametersOf<'engines.install'>['source'],
  typed: string | undefined,
): Task {
  const { title, install } = installation(home, source, typed);
  return tasks.start({
    title,
    subject: 'engine',
    work: async (control) => {
      const { name, version, devices } = await install(options(control));
      return `${name}, TensorFlow ${version} on ${devices.join(', ')}, is installed and chosen.`;
    },
  });
}

interface Installation {
  readonly title: string;
  readonly install: (options: InstallOptions) => Promise<EngineInstallation>;
}

function installation(
  home: string,
  source: CheckedParametersOf<'engines.install'>['source'],
  typed: string | undefined,
): Installation {
  if (source === 'use') {
    if (typed === undefined) {
      throw new Problem(
        'usage',
        'Give the folder of the TensorFlow library, e.g. the tensorflow of site-packages.',
      );
    }
    const library = hostPath(typed);
    return {
      title: `Use TensorFlow in ${library}`,
      install: (options) => useLibrary(home, library, options),
    };
  }
  if (typed !== undefined)
    throw new Problem('usage', `A path is for a library of your own, not for ${source}.`);
  const installs = { cpu: installCpuEngine, gpu: installGpuEngine, package: installPackageEngine };
  const titles = {
    cpu: 'Install TensorFlow for the processor',
    gpu: 'Install TensorFlow for NVIDIA cards',
    package: 'Install the TensorFlow of tfjs-node',
  };
  return { title: titles[source], install: (options) => installs[source](home, options) };
}

function startTest(tasks: Tasks, { name, binding, libraryPath, kind }: EngineInstallation): Task {
  return tasks.start({
    title: `Test ${name}`,
    subject: `test of ${name}`,
    work: async (control) => {
      const began = performance.now();
      const { version, devices } = await verifyBinding(binding, libraryPath, kind, options(control));
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      return `TensorFlow ${version} computed rightly on ${devices.join(', ')}, in ${seconds} s with its start.`;
    },
  });
}

function options({ signal, report }: TaskControl): InstallOptions {
  return { signal, onProgress: (progress) => report(inWords(progress)) };
}

function inWords(progress: InstallProgress): TaskProgress {
  const { done, total } = progress;
  const share = total && done !== null ? Math.min(1, done / total) : null;
  return { phase: describeInstallProgress(progress), share };
}
