import sharp from 'sharp';
import type { ExplainedPicture } from '../../../src-shared/contract/api/pictures.ts';
import { preprocessingText } from '../../../src-shared/networks/preprocessing-text.ts';
import type { NetworkCheckpoint } from '../../checkpoints/network-checkpoint.ts';
import type { Engine } from '../../engine/engine.ts';
import { computedValues } from '../computed-values.ts';
import { lookedAt } from '../looked-at.ts';
import { imageTensor } from '../network-tensors.ts';
import { hasPlaces } from '../pictures/chosen-layers.ts';
import { signedColours } from '../pictures/colour-map.ts';
import { gradientPass } from '../pictures/explanation-pass.ts';
import { gradCamMaps, resizeMaps } from '../pictures/grad-cam-maps.ts';
import { integratedGradients, sumOverChannels } from '../pictures/integrated-gradients.ts';
import { oneOfEach } from '../pictures/logit-gradient.ts';
import { highest, largest } from '../pictures/map-rows.ts';
import { overlay } from '../pictures/overlay.ts';
import { photograph } from '../pictures/photograph.ts';
import type { Picture } from '../pictures/picture.ts';
import { layerOutputs, logitsOf, type PictureNetwork, withNetwork } from '../pictures/picture-network.ts';
import type { ExplanationTask } from './explanation-work.ts';
import { namedClasses, normalisedPictures } from './predict.ts';
import { decodePicture } from './read-picture.ts';
import { testImage } from './test-image.ts';

/** Steps of integrated gradients from a picture in the mean colour, of which somebody waits for the end. */
const STEPS = 32;

export interface ExplainingContext {
  readonly network: NetworkCheckpoint;
  readonly engine: Engine;
  readonly pause: () => Promise<void>;
}

/**
 * What a network makes of one picture, and why.
 * @throws Problem `data-invalid` for a picture that cannot be decoded; for a test image as `testImage` does
 */
export async function explainPicture(
  task: ExplanationTask,
  { network, engine, pause }: ExplainingContext,
): Promise<ExplainedPicture> {
  const { graph, classes, weights } = network;
  const { pixels, preprocessing } = await inputOf(task, network);
  const values = normalisedPictures([pixels], network);
  const layers = lookedAt(graph)
    .filter(hasPlaces)
    .map(({ name }) => name);
  return withNetwork({ graph, engine }, weights, async (opened) => {
    const logits = computedValues(() => logitsOf(opened, imageTensor(graph, values)));
    const predictions = namedClasses(logits, classes);
    const subject = { opened, values, index: predictions[0]?.index ?? 0, network, engine };
    const map = await explained(task.explanation, layers, subject, pause);
    return {
      predictions,
      seen: await pngOf(photograph(values, graph.input, network)),
      preprocessing,
      map: map && (await pngOf(map.picture)),
      isEmpty: map?.isEmpty ?? false,
      layer: map?.layer ?? null,
      layers,
    };
  });
}

interface Input {
  readonly pixels: Uint8Array;
  readonly preprocessing: string;
}

async function inputOf(
  { picture, preprocessing }: ExplanationTask,
  { graph }: NetworkCheckpoint,
): Promise<Input> {
  if (picture.kind === 'test') return { pixels: testImage(picture, graph.input), preprocessing: '' };
  const source = { name: picture.name, content: () => Buffer.from(picture.bytes) };
  const size = { shape: graph.input, shortSide: preprocessing.shortSide };
  const { pixels, original, scaled, isGrey } = await decodePicture(source, size);
  const [from, to] = [original, scaled].map(({ width, height }) => `${width}x${height}`);
  const grey = isGrey && graph.input[2] === 3 ? ', grey in three equal channels' : '';
  const text = `${from} pixels scaled to ${to}${grey}; ${preprocessingText({ preprocessing, input: graph.input })}`;
  return { pixels, preprocessing: text };
}

interface ExplainedLogit {
  readonly opened: PictureNetwork;
  /** Normalised, [h, w, c]. */
  readonly values: Float32Array;
  /** Of the class whose logit is explained. */
  readonly index: number;
  readonly network: NetworkCheckpoint;
  readonly engine: Engine;
}

interface Explained {
  readonly picture: Picture;
  readonly isEmpty: boolean;
  readonly layer: string | null;
}

/** Null where the network has no such layer. */
async function explained(
  explanation: ExplanationTask['explanation'],
  layers: readonly string[],
  subject: ExplainedLogit,
  pause: () => Promise<void>,
): Promise<Explained | null> {
  if (explanation.method === 'integrated-gradients') return gradientsMap(subject, pause);
  const layer = explanation.layer ?? layers.at(-1);
  return layer === undefined || !layers.includes(layer) ? null : gradCamMap(subject, layer);
}

function gradCamMap({ opened, values, index, network }: ExplainedLogit, layer: string): Explained {
  const { graph } = network;
  const [height, width] = graph.input;
  const map = computedValues(() => {
    const outputs = layerOutputs(opened, imageTensor(graph, values));
    const chosen = oneOfEach([index], graph.classes);
    return resizeMaps(gradCamMaps(opened, outputs, layer, chosen), [height, width]);
  });
  const picture = overlay(photograph(values, graph.input, network), map, highest(map));
  return { picture, isEmpty: highest(map) === 0, layer };
}

async function gradientsMap(
  { values, index, network, engine }: ExplainedLogit,
  pause: () => Promise<void>,
): Promise<Explained> {
  const { graph, weights } = network;
  const pass = gradientPass({ graph, engine }, { layer: null, guided: false, images: STEPS });
  pass.writeWeights(weights);
  const gradients = (points: Float32Array): Promise<Float32Array> => pass.explain(points, [index], pause);
  const [, width, channels] = graph.input;
  const options = { steps: STEPS, baseline: network.mean.map(() => 0), gradients };
  const attributions = await integratedGradients(values, options).finally(() => pass.close());
  const map = sumOverChannels(attributions, channels);
  const extent = largest(map);
  return { picture: signedColours(map, width, extent), isEmpty: extent === 0, layer: null };
}

async function pngOf({ width, height, pixels }: Picture): Promise<Uint8Array<ArrayBuffer>> {
  const png = sharp(pixels, { raw: { width, height, channels: 3 } }).png();
  return new Uint8Array(await png.toBuffer());
}
