import type { Binding } from './binding.ts';
import type { GraphWriter } from './graph-def.ts';

/** A node with TensorFlow's number of its type. */
export interface TypedNode {
  readonly node: string;
  readonly dtype: number;
}

/** What a turn of a loop finds. */
export interface Turn {
  /** Its number, counted from 0: int32 []. */
  readonly number: string;
  /** Runs once in each turn: what has no inputs of its own in the loop runs after it. */
  readonly start: string;
  readonly constant: readonly string[];
  readonly carried: readonly string[];
}

export interface Loop {
  readonly name: string;
  /** How many turns: int32 []. */
  readonly turns: string;
  /** Nodes outside of the loop that are the same in all turns. */
  readonly constant: readonly TypedNode[];
  /** What the first turn finds; each later one finds what `body` gives for the turn before it. */
  readonly carried: readonly TypedNode[];
  /** Writes what a turn computes. @returns what is carried on, in the order of `carried` */
  readonly body: (turn: Turn) => readonly string[];
}

/**
 * A turn may begin while the one before it lasts, with what depends on its number alone, such as the next images; the results are the
 * same.
 */
const TURNS_AT_ONCE = 2;

/**
 * Writes a loop as TensorFlow executes it: by nodes that pass values into a frame, around it and out (Yu et al., Dynamic Control Flow in
 * Large-Scale Machine Learning, 2018, section 4).
 * @returns what was carried out of the last turn
 */
export function writeLoop(graph: GraphWriter, binding: Binding, loop: Loop): string[] {
  const { name, turns, constant, carried, body } = loop;
  const { TF_INT32 } = binding;
  const integers = { T: { type: TF_INT32 } };
  const enter = (as: string, { node, dtype }: TypedNode, isConstant: boolean): string =>
    graph.add(`${name}/${as}`, 'Enter', [node], {
      T: { type: dtype },
      frame_name: { s: Buffer.from(name) },
      is_constant: { b: isConstant },
      parallel_iterations: { i: TURNS_AT_ONCE },
    });
  const around = (as: string, first: TypedNode) => {
    const merged = graph.add(
      `${name}/${as}`,
      'Merge',
      [enter(`${as}/first`, first, false), `${name}/${as}/next`],
      {
        T: { type: first.dtype },
        N: { i: 2 },
      },
    );
    return { as, dtype: first.dtype, merged };
  };

  const zero = graph.constant(`${name}/zero`, { dtype: TF_INT32, shape: [], values: Int32Array.of(0) });
  const number = around('number', { node: zero, dtype: TF_INT32 });
  const states = carried.map((first, index) => around(`carried${index}`, first));
  const last = enter('turns', { node: turns, dtype: TF_INT32 }, true);
  const goesOn = graph.add(`${name}/less`, 'Less', [number.merged, last], integers);
  const condition = graph.add(`${name}/goes-on`, 'LoopCond', [goesOn], {});
  const [ofTurn = '', ...found] = [number, ...states].map(({ as, dtype, merged }) =>
    graph.add(`${name}/${as}/switch`, 'Switch', [merged, condition], { T: { type: dtype } }),
  );
  const start = graph.identity(`${name}/start`, `${ofTurn}:1`, TF_INT32, []);
  const one = graph.constant(`${name}/one`, { dtype: TF_INT32, shape: [], values: Int32Array.of(1) }, [
    start,
  ]);
  const next = body({
    ...{ number: start, start },
    constant: constant.map((each, index) => enter(`constant${index}`, each, true)),
    carried: found.map((each) => `${each}:1`),
  });
  const following = [graph.add(`${name}/sum`, 'AddV2', [start, one], integers), ...next];
  for (const [index, { as, dtype }] of [number, ...states].entries())
    graph.add(`${name}/${as}/next`, 'NextIteration', [following[index] ?? ''], { T: { type: dtype } });
  return states.map(({ as, dtype }, index) =>
    graph.add(`${name}/${as}/exit`, 'Exit', [found[index] ?? ''], { T: { type: dtype } }),
  );
}
