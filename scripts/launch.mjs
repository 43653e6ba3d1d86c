/** Runs a script of this project on Node 24, in this process where that is what runs already. */
import { spawn } from 'node:child_process';
import module from 'node:module';
import { constants } from 'node:os';
import { pathToFileURL } from 'node:url';
import { isNodeNewEnough } from './bootstrap.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Does not return before the script ends; its exit status becomes this process's.
 * @param {string} node path of a Node 24
 * @param {string} script absolute path
 * @param {string[]} parameters
 */
export async function launch(node, script, parameters) {
  if (isNodeNewEnough()) {
    process.argv = [process.execPath, script, ...parameters];
    // for the script itself, whose types are else removed at each start
    module.enableCompileCache();
    await import(pathToFileURL(script).href);
    return;
  }
  // By the channel the program learns of this process's death, of which no signal tells it (kill -9).
  const child = spawn(node, [script, ...parameters], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (status, signal) => {
      process.exitCode = status ?? 128 + (constants.signals[signal] ?? 0);
      for (const each of SIGNALS) process.removeAllListeners(each);
      resolve();
    });
  });
}
