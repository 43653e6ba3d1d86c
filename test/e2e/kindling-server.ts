import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Answer, ParametersOf, RequestName, ResultOf } from '../../src-shared/contract/api/index.ts';

const MAIN = join(import.meta.dirname, '../../src-main/cli/main.ts');

/** `kindling serve` as a user starts it, in a process of its own. */
export interface KindlingServer {
  /** With the token. */
  readonly url: string;
  readonly port: number;
  request<Name extends RequestName>(name: Name, parameters: ParametersOf<Name>): Promise<ResultOf<Name>>;
  /** What it has printed on its error output. */
  complaints(): string;
  /** Ends it in order. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/**
 * Starts a server and resolves when it can be asked.
 * @param port 0 takes a free one
 * @param options of the command besides
 * @throws Error with what it printed, if it ends before that
 */
export async function startKindling(
  home: string,
  port = 0,
  options: readonly string[] = [],
): Promise<KindlingServer> {
  const child = spawn(process.execPath, [MAIN, 'serve', '--json', '--port', String(port), ...options], {
    env: { ...process.env, KINDLING_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { said: '', complained: '' };
  child.stderr.on('data', (chunk: Buffer) => (output.complained += chunk.toString()));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output.said += chunk.toString();
      if (output.said.includes('\n')) resolve(output.said);
    });
    child.on('exit', (status) => reject(new Error(`kindling serve: status ${status}: ${output.complained}`)));
  });
  const { url, token } = JSON.parse(line) as { readonly url: string; readonly token: string };
  const { origin, port: taken } = new URL(url);
  return {
    url,
    port: Number(taken),
    async request(name, parameters) {
      const response = await fetch(`${origin}/api/${name}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(parameters),
      });
      const answer = (await response.json()) as Answer<never>;
      if (!answer.ok) throw new Error(`${name}: ${answer.message}`);
      return answer.result;
    },
    complaints: () => output.complained,
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
