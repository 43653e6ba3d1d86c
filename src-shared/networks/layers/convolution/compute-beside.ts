import type { Beside, OneOrMore } from '../define-layer.ts';
import type { LayerPass, Tensors } from '../operations.ts';
import { addsBias, finished, type SlidingKernel } from '../parts/sliding.ts';

/** What decides how a convolution is computed. */
interface Convolution extends SlidingKernel {
  readonly filters: number;
  readonly groups: number;
}

/**
 * Convolutions of one input side by side, with one bias or one batch norm over the channels of all of them: the same numbers
 * as one by one, in fewer passes over the memory.
 *
 * @returns null where the engine has nothing for them
 */
export function computeBeside<T extends Tensors>(
  parts: OneOrMore<Beside<Convolution, T>>,
  x: T['map'],
): T['map'] | null {
  const { layer, pass } = parts[0];
  const { operations } = pass;
  const isBiased = addsBias(layer);
  if (operations.convolveBeside === undefined || !parts.every(({ layer: other }) => areAlike(layer, other)))
    return null;
  if (isBiased && layer.activation !== 'relu') return null;
  const convolutions = parts.map((part) => ({
    kernel: part.pass.map('kernel'),
    padding: part.layer.padding,
  }));
  const joined = joinedPass(parts);
  const y = operations.convolveBeside(x, convolutions, isBiased ? joined.vector('bias') : null);
  return y === null || isBiased ? y : finished(layer, y, joined);
}

function areAlike(a: Convolution, b: Convolution): boolean {
  return (
    [a, b].every(({ stride, groups }) => stride === 1 && groups === 1) &&
    a.batchNorm === b.batchNorm &&
    a.activation === b.activation &&
    addsBias(a) === addsBias(b)
  );
}

/** That of a layer with the channels of all. */
function joinedPass<T extends Tensors>(parts: OneOrMore<Beside<Convolution, T>>): LayerPass<T> {
  const { pass } = parts[0];
  const { operations } = pass;
  return {
    ...pass,
    vector: (kind) => operations.joinVectors(parts.map((part) => part.pass.vector(kind))),
    keep(kind, value) {
      const pieces = operations.splitVector(
        value,
        parts.map(({ layer }) => layer.filters),
      );
      for (const [index, part] of parts.entries()) part.pass.keep(kind, pieces[index]);
    },
  };
}
