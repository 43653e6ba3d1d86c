import {
  TRAINER_PROTOCOL_VERSION,
  toTrainerSchema,
  type FromTrainer,
  type RunSpecification,
} from '../../src-shared/contract/trainer-protocol.ts';
import { openEngine } from '../engine/open-engine.ts';
import { selectedEngine } from '../engine/provisioning/installation.ts';
import { kindlingHome } from '../home.ts';
import { failureOf, Stopped } from './failures.ts';
import { trainRun } from './train-run.ts';
import { Workshop } from './workshop.ts';

/**
 * The trainer: a plain Node process that trains one run at a time and stays warm between runs. It is started
 * with an IPC channel and speaks the protocol of src-shared/contract/trainer-protocol.ts; when the channel
 * closes it leaves, so that no trainer outlives the application.
 */
function main(): void {
  const workshop = new Workshop(openEngine(selectedEngine(kindlingHome())));
  let stopping = false;
  let busy = false;
  let quitting = false;

  async function train(specification: RunSpecification): Promise<void> {
    const { run } = specification;
    const pause = async (): Promise<void> => {
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (stopping) throw new Stopped();
      if (performance.now() - spokeAt > ALIVE_EVERY_MS) send({ type: 'alive', run });
    };
    busy = true;
    stopping = false;
    try {
      const result = await trainRun(specification, { workshop, send, pause });
      send({ type: 'complete', run, result });
    } catch (error) {
      send(
        error instanceof Stopped
          ? { type: 'stopped', run }
          : { type: 'failed', run, failure: failureOf(error) },
      );
    } finally {
      busy = false;
      if (quitting) leave();
    }
  }

  process.on('message', (content) => {
    const message = toTrainerSchema.parse(content);
    switch (message.type) {
      case 'train':
        if (busy) throw new Error(`asked to train ${message.specification.run} while busy`);
        void train(message.specification);
        break;
      case 'stop':
        stopping = true;
        break;
      case 'quit':
        quitting = true;
        if (!busy) leave();
        break;
    }
  });
  process.on('disconnect', () => process.exit(0));
  // Ctrl-C in a terminal reaches the whole group; the application decides what becomes of the run.
  process.on('SIGINT', () => undefined);
  send({ type: 'ready', protocol: TRAINER_PROTOCOL_VERSION, engine: workshop.engine.description });
}

/** The application takes a trainer for hung that says nothing for ten minutes. */
const ALIVE_EVERY_MS = 30_000;

let spokeAt = performance.now();

/** Without anyone who listens, nothing is said: `disconnect` follows and ends the process. */
function send(message: FromTrainer): void {
  spokeAt = performance.now();
  process.send?.(message, undefined, undefined, () => undefined);
}

function leave(): void {
  process.disconnect();
}

main();
