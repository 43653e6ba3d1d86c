import { spawn } from 'node:child_process';
import path from 'node:path';
import { engineKindNamed } from '../src-main/engine/engines/registry.ts';
import { selectedEngine } from '../src-main/engine/installations/installation.ts';
import { describeInstallProgress, type InstallProgress } from '../src-main/engine/installations/progress.ts';

/** Installs the engine for the processor unless one is chosen already; a study makes it ready for this version and machine. */
export async function ensureEngine(home: string): Promise<void> {
  try {
    selectedEngine(home);
    return;
  } catch {
    console.error(`Installing TensorFlow into ${home} …`);
  }
  const main = path.join(import.meta.dirname, '..', 'src-main', 'cli', 'main.ts');
  const child = spawn(process.execPath, [main, 'engine', 'install', 'cpu'], { stdio: ['ignore', 2, 2] });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  // The command line has said why.
  if (status !== 0) process.exit(status ?? 1);
}

/** Installs the engine where there is none, and makes it ready for what opens it without a study; a few stat calls when it is. */
export async function ensurePreparedEngine(home: string): Promise<void> {
  await ensureEngine(home);
  const engine = selectedEngine(home);
  let told = '';
  const onProgress = (progress: InstallProgress): void => {
    const what = describeInstallProgress(progress);
    if (what !== told) console.error(`${what} …`);
    told = what;
  };
  for (const note of await engineKindNamed(engine.engine).prepare(engine, { onProgress }))
    console.error(`${note}.`);
}
