import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { families, familyNames, type NetworkDescription } from '../../../src-shared/networks/families.ts';
import type { Family } from '../../../src-shared/networks/family.ts';
import { assignFields } from '../../../src-shared/networks/assign-field.ts';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import { checkFamily, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';
import type { Shape } from '../../../src-shared/networks/layer.ts';
import { accepted } from '../../../src-shared/mistakes/mistakes-problem.ts';
import { describeMismatch } from './describe-mismatch.ts';
import { kernelExtents } from './layouts.ts';
import { fits, matchLayers, type LayerMatch } from './match-layers.ts';
import { outputsOf, type SourceLayer } from './source-layers.ts';

/** What a user, or the file itself, says of a network; what is left out is found by the weights. */
export interface WantedNetwork {
  readonly family: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly input: Shape | null;
}

export interface ChosenNetwork {
  readonly description: NetworkDescription;
  readonly graph: Graph;
  readonly match: LayerMatch;
}

/** ImageNet's, for which networks are published. */
const USUAL_SIDE = 224;

/**
 * The first network that has exactly the layers of a file, among the published ones of the wanted family, or of all.
 * @param sources at least one
 * @throws Problem `data-invalid` if none has, naming what differs from the nearest one; `network-invalid` for fields
 */
export function chooseNetwork(
  sources: readonly SourceLayer[],
  wanted: WantedNetwork,
  file: string,
): ChosenNetwork {
  const candidates = candidateDescriptions(wanted).flatMap((description) => {
    const graph = graphOf(description, sources, wanted, file);
    return graph === null ? [] : [{ description, graph, match: matchLayers(graph, sources) }];
  });
  const found = candidates.find(({ match }) => fits(match));
  if (found !== undefined) return found;
  const nearest = candidates.toSorted((one, other) => difference(one.match) - difference(other.match))[0];
  if (nearest === undefined)
    throw new Problem('data-invalid', `${file}: no network takes images of ${wanted.input?.join('x')}.`);
  throw new Problem('data-invalid', describeMismatch(nearest, file));
}

function difference({ missing, left, normless }: LayerMatch): number {
  return missing.length + left.length + normless.length;
}

/** Of each family its published networks, with the wanted fields. @throws Problem `network-invalid` where none has them */
function candidateDescriptions({ family, fields }: WantedNetwork): NetworkDescription[] {
  const among =
    family === null ? familyNames : [accepted(checkFamily(family), 'network-invalid', ['network'])];
  const candidates = among.flatMap((name) => {
    const { published = [{}] }: Pick<Family, 'published'> = families[name];
    return published.map((variant) => assignFields({ family: name }, { ...variant, ...fields }));
  });
  const right = candidates.flatMap((each) => (each.ok ? [each.value] : []));
  const [first] = candidates;
  return right.length > 0 || first === undefined ? right : [accepted(first, 'network-invalid', ['network'])];
}

/** Null where the images are too small for it. */
function graphOf(
  description: NetworkDescription,
  sources: readonly SourceLayer[],
  wanted: WantedNetwork,
  file: string,
): Graph | null {
  const [first, last] = [sources[0], sources.at(-1)];
  if (first === undefined || last === undefined) throw new Problem('data-invalid', `${file} has no layers.`);
  const input = wanted.input ?? [USUAL_SIDE, USUAL_SIDE, kernelExtents(first)[2] ?? 3];
  const classes = description.classes ?? Math.max(2, outputsOf(last));
  try {
    return resolveNetwork(description, { input, classes });
  } catch (error) {
    if (error instanceof Problem && error.code === 'network-invalid') return null;
    throw error;
  }
}
