import { spawn } from 'node:child_process';
import readline from 'node:readline';

/** A process that measures on demand; idle in between. */
export interface BenchWorker {
  /** What it said of itself before the first answer, a JSON value. */
  readonly greeting: unknown;
  /** What it answers, a JSON value. @throws Error if the program ends before it answers */
  ask(request: object): Promise<unknown>;
  close(): void;
}

/** The program prints a line about itself, then one for each request. @throws Error if it ends before the first */
export async function startWorker(
  command: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<BenchWorker> {
  const child = spawn(command, parameters, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-2000)));
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`${command} ${parameters.join(' ')} ended: ${errors.trim()}`);
    return value;
  };
  const greeting: unknown = JSON.parse(await answer());
  return {
    greeting,
    async ask(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return JSON.parse(await answer()) as unknown;
    },
    close: () => child.stdin.end(),
  };
}
