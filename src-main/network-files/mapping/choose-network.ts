import { Problem } from '../../../src-shared/mistakes/problem.ts';
import {
  families,
  type FamilyName,
  familyNames,
  type NetworkDescription,
} from '../../../src-shared/networks/families.ts';
import { type Family, type Port, portNamed } from '../../../src-shared/networks/family.ts';
import { assignFields } from '../../../src-shared/networks/assign-field.ts';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import { checkFamily, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';
import type { Shape } from '../../../src-shared/networks/layer.ts';
import { accepted } from '../../../src-shared/mistakes/mistakes-problem.ts';
import { programDifferences, strangeSteps } from '../program/program-differences.ts';
import type { SourceProgram } from '../program/source-program.ts';
import { describeDifferences, describeMismatch } from './describe-mismatch.ts';
import { kernelExtents } from './layouts.ts';
import { fits, matchLayers, type LayerMatch } from './match-layers.ts';
import { outputsOf, type SourceLayer } from './source-layers.ts';

/** What a user, or the file itself, says of a network; what is left out is found by the weights. */
export interface WantedNetwork {
  readonly family: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly input: Shape | null;
}

/** A file's layers, and how its program joins them, if it tells. */
export interface SourceNetwork {
  readonly layers: readonly SourceLayer[];
  readonly program: SourceProgram | null;
}

export interface ChosenNetwork {
  readonly description: NetworkDescription;
  readonly graph: Graph;
  readonly match: LayerMatch;
}

/** ImageNet's, for which networks are published. */
const USUAL_SIDE = 224;

/**
 * The first network that has exactly the layers of a file and computes what its program does, among the published ones of
 * the wanted family, or of all, and those of its ports.
 * @param source with at least one layer
 * @throws Problem `data-invalid` if there is none, naming what differs from the nearest one; `network-invalid` for fields
 */
export function chooseNetwork(source: SourceNetwork, wanted: WantedNetwork, file: string): ChosenNetwork {
  const { layers, program } = source;
  const descriptions = candidateDescriptions(source, wanted);
  /** @param last the place of the layer that has the classes */
  const candidatesWith = (last: number): ChosenNetwork[] =>
    descriptions.flatMap((description) => {
      const graph = graphOf(description, source, wanted, file, last);
      return graph === null ? [] : [{ description, graph, match: matchLayers(graph, layers) }];
    });
  const candidates = candidatesWith(-1);
  const fitting = candidates.filter(({ match }) => fits(match));
  const compared = fitting.map((candidate) => ({
    candidate,
    differences:
      program === null ? [] : programDifferences(program, candidate.graph, candidate.match.matched),
  }));
  const found = compared.find(({ differences }) => differences.length === 0);
  if (found !== undefined) return found.candidate;
  const closest = compared.toSorted((one, other) => one.differences.length - other.differences.length)[0];
  if (closest !== undefined)
    throw new Problem(
      'data-invalid',
      describeDifferences(closest.candidate.graph, closest.differences, file),
    );
  // of a layer too many behind the classifier, that one is named, and not its number of classes
  const [nearest] = [...candidates, ...(layers.length > 1 ? candidatesWith(-2) : [])].toSorted(
    (one, other) => difference(one.match) - difference(other.match),
  );
  if (nearest === undefined)
    throw new Problem('data-invalid', `${file}: no network takes images of ${wanted.input?.join('x')}.`);
  throw new Problem(
    'data-invalid',
    describeMismatch(nearest, program === null ? [] : strangeSteps(program), file),
  );
}

function difference({ missing, left, normless }: LayerMatch): number {
  return missing.length + left.length + normless.length;
}

/** Of each family its published networks, with the wanted fields. @throws Problem `network-invalid` where none has them */
function candidateDescriptions(
  source: SourceNetwork,
  { family, fields }: WantedNetwork,
): NetworkDescription[] {
  const among =
    family === null ? familyNames : [accepted(checkFamily(family), 'network-invalid', ['network'])];
  const candidates = among.flatMap((name) => {
    const { published = [{}] }: Pick<Family, 'published'> = families[name];
    return published.flatMap((variant) =>
      portFields(name, source).map((port) =>
        assignFields({ family: name }, { ...variant, ...port, ...fields }),
      ),
    );
  });
  const right = candidates.flatMap((each) => (each.ok ? [each.value] : []));
  const [first] = candidates;
  return right.length > 0 || first === undefined ? right : [accepted(first, 'network-invalid', ['network'])];
}

/**
 * Fields of programs that may have written a file: of all of them where its program decides, else of the one that the
 * names of its layers tell, or of none.
 */
function portFields(family: FamilyName, { layers, program }: SourceNetwork): Port['fields'][] {
  const { ports = [] }: Pick<Family, 'ports'> = families[family];
  if (program !== null) return [{}, ...ports.map(({ fields }) => fields)];
  return [
    portNamed(
      ports,
      layers.map(({ name }) => name),
    )?.fields ?? {},
  ];
}

/** Null where the images are too small for it. */
function graphOf(
  description: NetworkDescription,
  { layers, program }: SourceNetwork,
  wanted: WantedNetwork,
  file: string,
  place: number,
): Graph | null {
  const [first, last] = [layers[0], layers.at(place)];
  if (first === undefined || last === undefined) throw new Problem('data-invalid', `${file} has no layers.`);
  const input = wanted.input ?? program?.input ?? [USUAL_SIDE, USUAL_SIDE, kernelExtents(first)[2] ?? 3];
  const classes = description.classes ?? Math.max(2, outputsOf(last));
  try {
    return resolveNetwork(description, { input, classes });
  } catch (error) {
    if (error instanceof Problem && error.code === 'network-invalid') return null;
    throw error;
  }
}
