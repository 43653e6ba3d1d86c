import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { NamedTensor } from '../../checkpoints/safetensors.ts';
import { compareNames } from './name-order.ts';
import type { SourceField, SourceModule } from './source-modules.ts';

/** A layer with weights as a file has it: its kernel, and the batch norm behind it. */
export interface SourceLayer {
  readonly name: string;
  readonly kernel: NamedTensor;
  readonly filtersFirst: boolean;
  readonly bias: Float32Array | null;
  readonly norm: SourceNorm | null;
}

export interface SourceNorm {
  readonly name: string;
  readonly gamma: Float32Array;
  readonly beta: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

export interface SourceLayers {
  /** In the order of the network. */
  readonly layers: readonly SourceLayer[];
  /** Names of modules that are no kernel, nor a batch norm behind one. */
  readonly left: readonly string[];
}

/**
 * Modules in the order of the network, each batch norm with the kernel before it.
 * @param ordered whether the file has them in this order; else their names must tell it
 * @throws Problem `data-invalid` where they do not
 */
export function sourceLayers(modules: readonly SourceModule[], ordered: boolean, file: string): SourceLayers {
  const inOrder = ordered ? modules : orderedByName(modules, file);
  const layers: SourceLayer[] = [];
  const left: string[] = [];
  for (const module of inOrder) {
    const kernel = module.fields.get('kernel');
    const norm = normOf(module);
    const before = layers.at(-1);
    if (kernel !== undefined && kernel.shape.length >= 2) {
      const { name, filtersFirst } = module;
      layers.push({ name, kernel, filtersFirst, bias: valuesOf(module, 'bias'), norm });
    } else if (norm !== null && before?.norm === null && isNormOf(norm, before)) {
      layers[layers.length - 1] = { ...before, norm };
    } else left.push(module.name);
  }
  return { layers, left };
}

/** TensorFlow writes a depthwise kernel as [height, width, channels, 1]. */
function isNormOf({ gamma }: SourceNorm, layer: SourceLayer): boolean {
  const { kernel, filtersFirst } = layer;
  const isDepthwise = !filtersFirst && kernel.shape.length === 4 && kernel.shape.at(-1) === 1;
  return gamma.length === outputsOf(layer) || (isDepthwise && gamma.length === kernel.shape.at(-2));
}

/** Number of filters or units. */
export function outputsOf({ kernel, filtersFirst }: SourceLayer): number {
  return kernel.shape.at(filtersFirst ? 0 : -1) ?? 0;
}

function orderedByName(modules: readonly SourceModule[], file: string): SourceModule[] {
  return modules.toSorted((one, other) => {
    const order = compareNames(one.name, other.name);
    if (order !== null) return order;
    throw new Problem(
      'data-invalid',
      `${file} does not say in which order the network has its layers, nor do the names ${one.name} and ${other.name}. ` +
        'Save it by torch.save(model.state_dict(), FILE) or as ONNX: both keep the order.',
    );
  });
}

function normOf(module: SourceModule): SourceNorm | null {
  const mean = valuesOf(module, 'moving mean');
  const variance = valuesOf(module, 'moving variance');
  if (mean === null || variance === null) return null;
  // without an affine part a batch norm only centres and scales
  const gamma = valuesOf(module, 'gamma') ?? mean.map(() => 1);
  const beta = valuesOf(module, 'beta') ?? mean.map(() => 0);
  return { name: module.name, gamma, beta, mean, variance };
}

function valuesOf({ fields }: SourceModule, field: SourceField): Float32Array | null {
  return fields.get(field)?.values ?? null;
}
