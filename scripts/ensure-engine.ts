import { spawn } from 'node:child_process';
import path from 'node:path';
import { engineKindNamed } from '../src-main/engine/engines/registry.ts';
import { selectedEngine } from '../src-main/engine/installations/installation.ts';

/** Installs the engine for the processor unless one is chosen already; a few stat calls when it is. */
export async function ensureEngine(home: string): Promise<void> {
  try {
    const engine = selectedEngine(home);
    await engineKindNamed(engine.engine).prepare(engine, {});
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
