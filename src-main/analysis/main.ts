import { Problem } from '../../src-shared/contract/problem.ts';
import { openEngine } from '../engine/open-engine.ts';
import { selectedEngine } from '../engine/provisioning/installation.ts';
import { kindlingHome } from '../home.ts';
import {
  toAnalystSchema,
  type AnalysisFindings,
  type AnalysisTask,
  type FromAnalyst,
} from './analysis-protocol.ts';
import { methodNamed } from './methods/index.ts';
import type { Subject } from './subject.ts';
import { SubjectShelf } from './subject-shelf.ts';
import { writeFiles } from './write-files.ts';

/**
 * The analysing process: a plain Node child that runs one method on one run at a time and keeps the runs of its last
 * tasks open. It speaks analysis-protocol.ts over its IPC channel and leaves when that closes.
 */
function main(): void {
  const shelf = new SubjectShelf(openEngine(selectedEngine(kindlingHome())), pause);
  let busy = false;

  async function take(task: AnalysisTask): Promise<void> {
    busy = true;
    cancelling = false;
    try {
      send({ type: 'complete', findings: await analyze(task, shelf) });
    } catch (error) {
      send(error instanceof Cancelled ? { type: 'cancelled' } : failureOf(error));
    } finally {
      busy = false;
    }
  }

  process.on('message', (content) => {
    const message = toAnalystSchema.parse(content);
    switch (message.type) {
      case 'analyze':
        if (busy) throw new Error(`asked for ${message.task.method} while busy`);
        void take(message.task);
        break;
      case 'cancel':
        cancelling = true;
        break;
    }
  });
  process.on('disconnect', () => process.exit(0));
  // Ctrl-C in a terminal reaches the whole group; the application decides what becomes of the task.
  process.on('SIGINT', () => undefined);
}

class Cancelled extends Error {}

let cancelling = false;

async function pause(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
  if (cancelling) throw new Cancelled();
}

async function analyze(task: AnalysisTask, shelf: SubjectShelf): Promise<AnalysisFindings> {
  const startedAt = performance.now();
  const method = methodNamed(task.method);
  const subject = shelf.subject(task.subject);
  const peer = (run: string): Subject => {
    const found = task.peers.find((each) => each.run === run);
    if (found !== undefined) return shelf.subject(found);
    throw new Problem('not-found', `Run ${run} is not among those that ${subject.run} is compared with.`);
  };
  const progress = (share: number): void => send({ type: 'progress', share });
  const { results, files } = await method.run(subject, method.settings.parse(task.settings), {
    progress,
    pause,
    peer,
  });
  const written = writeFiles(task.folder, files);
  return { results, files: written, seconds: (performance.now() - startedAt) / 1000 };
}

function failureOf(error: unknown): FromAnalyst {
  if (error instanceof Problem) return { type: 'failed', code: error.code, message: error.message };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { type: 'failed', code: null, message };
}

/** Without anyone who listens, nothing is said: `disconnect` follows and ends the process. */
function send(message: FromAnalyst): void {
  process.send?.(message, undefined, undefined, () => undefined);
}

main();
