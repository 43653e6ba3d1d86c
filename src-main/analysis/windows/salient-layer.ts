import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { Layer } from '../../../src-shared/networks/layers/layer-kinds.ts';
import { hasPlaces } from '../pictures/chosen-layers.ts';
import type { Subject } from '../subject.ts';

type Layered = Pick<Subject, 'graph' | 'layers'>;

/** The layer in which windows are looked for: the last one with places before the one that scores the classes. */
export function findSalientLayer({ graph, layers }: Layered): Layer | undefined {
  // behind the last layer with weights, or in it, are the classes
  const scores = graph.layers.findLast(({ weights }) => weights.length > 0);
  const before = layers.slice(
    0,
    layers.findIndex(({ name }) => name === scores?.name),
  );
  return before.findLast(hasPlaces);
}

/** @throws Problem `usage` for a network without such a layer */
export function salientLayer(subject: Layered): Layer {
  const found = findSalientLayer(subject);
  if (found !== undefined) return found;
  throw new Problem('usage', 'This network has no layer with places before the one that scores the classes.');
}
