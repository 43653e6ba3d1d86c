import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const MAIN = path.join(import.meta.dirname, '..', '..', '..', 'src-main', 'cli', 'main.ts');

export interface ServedStore {
  /** With the token. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** `kindling serve` with this store, in a process of its own. */
export async function serveStore(file: string, home: string): Promise<ServedStore> {
  const child: ChildProcess = spawn(
    process.execPath,
    [MAIN, 'serve', '--json', '--port', '0', '--store', file],
    {
      env: { ...process.env, KINDLING_HOME: home },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const said = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text);
    });
    child.on('exit', (status) => reject(new Error(`kindling serve ended with status ${status}`)));
  });
  const { url } = JSON.parse(said) as { url: string };
  return {
    url,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
