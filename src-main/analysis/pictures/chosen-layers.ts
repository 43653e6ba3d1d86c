import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { Layer } from '../../../src-shared/networks/layers/layer-kinds.ts';
import { nearestName } from '../../../src-shared/mistakes/nearest-name.ts';
import type { Subject } from '../subject.ts';

/**
 * The layers that a setting names, or all that a method is for.
 * @param names separated by blanks; all if empty
 * @param suits which layers the method is for
 * @throws Problem `not-found` for a name that is not among them
 */
export function chosenLayers(
  { layers }: Pick<Subject, 'layers'>,
  names: string,
  suits: (layer: Layer) => boolean,
): Layer[] {
  const suitable = layers.filter(suits);
  const wanted = names.split(/\s+/).filter((name) => name !== '');
  for (const name of wanted) {
    const known = suitable.map((layer) => layer.name);
    if (known.includes(name)) continue;
    const near = nearestName(name, known);
    throw new Problem(
      'not-found',
      `There is no layer "${name}" to which this method applies${near ? ` (did you mean "${near}"?)` : ''}; there are ${known.join(', ')}.`,
    );
  }
  return wanted.length === 0 ? suitable : suitable.filter(({ name }) => wanted.includes(name));
}

/** Whether a layer computes an output that has places, so that a map of it can be drawn. */
export function hasPlaces({ inputs, output }: Layer): boolean {
  return inputs.length > 0 && output[0] * output[1] > 1;
}
