import type { Readable, Writable } from 'node:stream';
import { Problem, problemContent } from '../../../src-shared/mistakes/problem.ts';
import { kindlingVersion } from '../../kindling-version.ts';
import { awakeTimer } from '../../work/awake-timer.ts';
import { hasRoom, onMessages, send } from '../../work/message-stream.ts';
import {
  type AskAnswer,
  type AskParameters,
  type AskTold,
  type FromRelay,
  RELAY_ASKS,
  RELAY_MARK,
  type RelayAsk,
  SILENCE_MS,
  toRelaySchema,
} from '../ssh/relay-protocol.ts';

/** Bytes of a message that it takes: room for a piece of a file, or the task of a run. */
const LONGEST_MESSAGE = 16 << 20;

/** What an ask is answered with, besides its answer. */
export interface AnswerControl<Name extends RelayAsk> {
  readonly tell: (what: AskTold<Name>) => void;
  /** Resolves when there is room for more to be told. */
  readonly hasRoom: () => Promise<void>;
  /** Fires when the ask is to end soon. */
  readonly signal: AbortSignal;
}

/** Answers all that may be asked. */
export type RelayAnswers = {
  readonly [Name in RelayAsk]: (
    parameters: AskParameters<Name>,
    control: AnswerControl<Name>,
  ) => Promise<AskAnswer<Name>>;
};

type Answer = (
  parameters: unknown,
  control: Omit<AnswerControl<RelayAsk>, 'tell'> & { tell: (what: unknown) => void },
) => Promise<unknown>;

export interface RelayPort {
  readonly input: Readable;
  readonly output: Writable;
}

export interface Relay {
  say(message: FromRelay): void;
  /** Resolves when who asks is gone, or was silent for too long. */
  readonly gone: Promise<null>;
}

/** Answers who has started this process over `ssh`, until he is gone. */
export function serveRelay({ input, output }: RelayPort, home: string, answers: RelayAnswers): Relay {
  const { promise: gone, resolve } = Promise.withResolvers<null>();
  const leave = (): void => resolve(null);
  const stops = new Map<number, AbortController>();
  const say = (message: FromRelay, mayHoldBytes = false): void => send(output, message, mayHoldBytes);
  const roomThere = (): Promise<void> => hasRoom(output, gone);
  const answer = async (id: number, name: RelayAsk, given: unknown): Promise<void> => {
    const stop = new AbortController();
    stops.set(id, stop);
    const tell = (what: unknown): void => say({ type: 'told', id, what }, name === 'fetch');
    try {
      const parameters = RELAY_ASKS[name].parameters.parse(given);
      const found = await (answers[name] as Answer)(parameters, {
        tell,
        hasRoom: roomThere,
        signal: stop.signal,
      });
      say({ type: 'answer', id, answer: found });
    } catch (error) {
      say(failure(id, error, stop.signal));
    } finally {
      stops.delete(id);
    }
  };
  const silence = awakeTimer(2 * SILENCE_MS, leave);
  onMessages(input, LONGEST_MESSAGE, (message) => {
    silence.reset();
    const known = toRelaySchema.parse(message);
    if (known.type === 'alive') say({ type: 'alive' });
    else if (known.type === 'stop') stops.get(known.id)?.abort();
    else if (isAsk(known.name)) void answer(known.id, known.name, known.parameters);
    else say({ type: 'bug', id: known.id, message: `nobody answers ${known.name}` });
  });
  input.on('close', leave);
  output.on('error', leave);
  void gone.then(() => silence.stop());
  output.write(RELAY_MARK);
  say({ type: 'hello', version: kindlingVersion(), home });
  return { say, gone };
}

function isAsk(name: string): name is RelayAsk {
  return Object.hasOwn(RELAY_ASKS, name);
}

function failure(id: number, error: unknown, signal: AbortSignal): FromRelay {
  if (signal.aborted && error === signal.reason) return { type: 'stopped', id };
  if (error instanceof Problem) return { type: 'failed', id, problem: problemContent(error) };
  return {
    type: 'bug',
    id,
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}
