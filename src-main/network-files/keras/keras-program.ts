import type { Shape } from '../../../src-shared/networks/layer.ts';
import { RELU6_LIMIT } from '../../../src-shared/networks/layers/parts/activation.ts';
import type { SourceNode, SourceProgram, SourceStep, SourceWindow } from '../program/source-program.ts';
import type { KerasConfig, KerasLayer } from './model-config.ts';

/** How a model joins its layers. */
export function kerasProgram(layers: readonly KerasLayer[]): SourceProgram {
  const names = new Set(layers.map(({ config: { name } }) => name));
  return {
    input: imageShape(layers),
    nodes: layers
      .filter(({ class_name: kind }) => kind !== 'InputLayer')
      .map((layer, index, all): SourceNode => {
        const { name } = layer.config;
        // a sequential model does not say that each layer reads the one before
        const reads =
          layer.inbound_nodes === undefined
            ? all.slice(Math.max(0, index - 1), index).map(({ config }) => config.name)
            : [...new Set(tensorsIn(layer.inbound_nodes))].filter((each) => names.has(each));
        return { name, reads, step: (STEPS[layer.class_name] ?? otherStep)(layer.config, layer.class_name) };
      }),
  };
}

function imageShape(layers: readonly KerasLayer[]): Shape | null {
  const shapes = layers.map(({ config }) => config.batch_shape ?? config.batch_input_shape ?? null);
  const [, height, width, channels] = shapes.find((shape) => shape !== null) ?? [];
  return height && width && channels ? [height, width, channels] : null;
}

/** Names of the layers whose outputs are written somewhere in a value as [name, node, output, …]. */
function tensorsIn(value: unknown): string[] {
  if (Array.isArray(value)) {
    const [name, node, output] = value as readonly unknown[];
    if (typeof name === 'string' && typeof node === 'number' && typeof output === 'number') return [name];
    return (value as readonly unknown[]).flatMap(tensorsIn);
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(tensorsIn) : [];
}

type Step = (config: KerasConfig, kind: string) => SourceStep;

const nothing: Step = () => ({ does: 'nothing' });

const otherStep: Step = (_, kind) => ({ does: 'other', what: `a layer of the class ${kind}` });

const convolutionStep: Step = (config, kind) => {
  const { kernel_size: size, activation } = config;
  return windowStep(config, kind, size, (window) => ({
    ...{ does: 'layer', window, activation: activationName(activation) },
  }));
};

const poolStep =
  (operation: 'maximum' | 'average'): Step =>
  (config, kind) =>
    windowStep(config, kind, config.pool_size, (window) => ({
      ...{ does: 'pool', operation, window, countsPadding: false },
    }));

/** By class; any other is what no network here has. */
const STEPS: Readonly<Record<string, Step>> = {
  Conv2D: convolutionStep,
  DepthwiseConv2D: convolutionStep,
  Dense: ({ activation }) => ({ does: 'layer', window: null, activation: activationName(activation) }),
  BatchNormalization: () => ({ does: 'norm' }),
  ReLU: reluStep,
  Activation: ({ activation }) => ({ does: 'activation', activation: activationName(activation) }),
  MaxPooling2D: poolStep('maximum'),
  AveragePooling2D: poolStep('average'),
  ZeroPadding2D: ({ padding }, kind) => {
    if (!Array.isArray(padding)) return otherStep({ name: '' }, kind);
    const [[top, bottom], [left, right]] = padding;
    return { does: 'padding', padding: { top, bottom, left, right } };
  },
  Add: () => ({ does: 'addition' }),
  Concatenate: () => ({ does: 'concatenation' }),
  // [height, width, groups, channels of each]
  Reshape: ({ target_shape: shape = [] }) =>
    shape.length === 4 ? { does: 'shuffle', groups: shape[2] ?? null } : { does: 'nothing' },
  ...Object.fromEntries(
    ['GlobalAveragePooling2D', 'Flatten', 'Dropout', 'SpatialDropout2D', 'Permute', 'Softmax'].map((kind) => [
      kind,
      nothing,
    ]),
  ),
};

function windowStep(
  config: KerasConfig,
  kind: string,
  size: readonly [number, number] | undefined,
  made: (window: SourceWindow) => SourceStep,
): SourceStep {
  const { padding, dilation_rate: dilation = [1, 1], data_format: format } = config;
  const stride = config.strides ?? size;
  if (size === undefined || stride === undefined || Array.isArray(padding)) return otherStep(config, kind);
  if (dilation.some((each) => each !== 1)) return { does: 'other', what: `a dilated ${kind}` };
  if (format === 'channels_first')
    return { does: 'other', what: `a ${kind} of channels before height and width` };
  const none = { top: 0, bottom: 0, left: 0, right: 0 };
  return made({ size, stride, padding: padding === 'same' ? 'same' : none, ceil: false });
}

function reluStep({ max_value: most = null, negative_slope: slope, threshold }: KerasConfig): SourceStep {
  const isRelu = !slope && !threshold && (most === null || most === RELU6_LIMIT);
  const name = most === RELU6_LIMIT ? 'relu6' : 'relu';
  return {
    does: 'activation',
    activation: isRelu
      ? name
      : `a ReLU with max_value ${most}, slope ${slope ?? 0}, threshold ${threshold ?? 0}`,
  };
}

/** Probabilities follow from the logits, and add nothing to what a network computes. */
function activationName(activation: string | null | undefined): string {
  return [undefined, null, 'linear', 'softmax'].includes(activation) ? 'none' : (activation ?? 'none');
}
