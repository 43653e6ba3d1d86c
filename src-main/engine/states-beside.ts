import type { State } from './engine.ts';
import type { Place } from './state-layout.ts';
import type { StateEntry, TrainingProgram } from './training-program.ts';

type Described = Pick<TrainingProgram, 'state' | 'layout' | 'networks'>;

/** The vectors of all networks of a program together. */
export function vectorsOf({ state, networks }: Described): StateEntry[] {
  return state.map(({ name, size }) => ({ name, size: size * networks }));
}

/**
 * The states of the networks of a program in one: in each weight their rows take turns, as `weightsBeside` has them.
 * @throws Error where there is not a state for each network, or one lacks a vector
 */
export function joinStates(program: Described, states: readonly State[]): Float32Array[] {
  const { networks } = program;
  if (states.length !== networks) throw new Error(`${states.length} states for ${networks} networks`);
  return program.state.map((entry, index) => {
    const joined = new Float32Array(entry.size * networks);
    for (const [network, state] of states.entries()) {
      const vector = state[index];
      if (vector?.length !== entry.size) throw new Error(`the state lacks ${entry.name}`);
      for (const { from, to, channels } of rowsOf(program, entry, network))
        joined.set(vector.subarray(from, from + channels), to);
    }
    return joined;
  });
}

/** The other way round. */
export function splitStates(program: Described, joined: readonly Float32Array[]): Float32Array[][] {
  return Array.from({ length: program.networks }, (_, network) =>
    program.state.map((entry, index) => {
      const vector = new Float32Array(entry.size);
      const all = joined[index] ?? new Float32Array();
      for (const { from, to, channels } of rowsOf(program, entry, network))
        vector.set(all.subarray(to, to + channels), from);
      return vector;
    }),
  );
}

/** Where the rows of one network lie in its own vector and in that of all. */
function* rowsOf(
  { layout, networks }: Described,
  { name, size: whole }: StateEntry,
  network: number,
): Generator<{ readonly from: number; readonly to: number; readonly channels: number }> {
  if (networks === 1) {
    yield { from: 0, to: 0, channels: whole };
    return;
  }
  const places: readonly Place[] = name === 'statistics' ? layout.statistics : layout.parameters;
  for (const { offset, size, channels } of places)
    for (let row = 0; row < size; row += channels) {
      const to = networks * (offset + row) + network * channels;
      yield { from: offset + row, to, channels };
    }
}
