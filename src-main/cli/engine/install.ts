import { Problem } from '../../../src-shared/contract/problem.ts';
import {
  installCpuEngine,
  installGpuEngine,
  installPackageEngine,
  useLibrary,
} from '../../engine/provisioning/install.ts';
import {
  type EngineInstallation,
  listEngines,
  selectEngine,
} from '../../engine/provisioning/installation.ts';
import { describeInstallProgress, type InstallProgress } from '../../engine/provisioning/progress.ts';
import { kindlingHome } from '../../home.ts';
import { Interrupted, interruptible } from '../interrupt.ts';
import { printLine } from '../output.ts';
import { type Step, stepDisplay } from '../step-progress.ts';

/** Installs and chooses an engine. @throws Problem, Interrupted */
export async function install(
  kind: 'cpu' | 'gpu' | 'package',
  options: { readonly wheel?: string },
): Promise<void> {
  if (options.wheel !== undefined && kind !== 'cpu') {
    throw new Problem('usage', `--wheel is for \`engine install cpu\`, not for ${kind}.`);
  }
  const work = { cpu: installCpuEngine, gpu: installGpuEngine, package: installPackageEngine }[kind];
  await report((shared) => work(kindlingHome(), { ...options, ...shared }));
}

/** Chooses an installed engine by name, or compiles against a library on disk. @throws Problem, Interrupted */
export async function use(nameOrPath: string): Promise<void> {
  const home = kindlingHome();
  const installed = listEngines(home).find(({ name }) => name === nameOrPath);
  if (installed === undefined) {
    await report((shared) => useLibrary(home, nameOrPath, shared));
  } else {
    selectEngine(home, installed.name);
    printLine(chosen(installed));
  }
}

async function report(
  work: (shared: Parameters<typeof installGpuEngine>[1] & object) => Promise<EngineInstallation>,
): Promise<void> {
  const progress = stepDisplay(process.stderr);
  try {
    const engine = await interruptible((signal) =>
      work({ signal, onProgress: (step) => progress.show(titled(step)) }),
    );
    progress.end();
    printLine(chosen(engine));
  } catch (error) {
    progress.end();
    if (error instanceof Interrupted) throw new Interrupted('stopped; nothing was installed.');
    throw error;
  }
}

function titled(progress: InstallProgress): Step {
  return { title: describeInstallProgress(progress), done: progress.done, total: progress.total };
}

function chosen(engine: EngineInstallation): string {
  const override = process.env['KINDLING_ENGINE'];
  const note = override && override !== engine.name ? ` (but KINDLING_ENGINE names ${override})` : '';
  return `${engine.name}, TensorFlow ${engine.version} on ${engine.devices.join(', ')}, is chosen${note}.`;
}
