import { bothSizes, whole } from '../../../src-shared/numbers.ts';
import { accepted } from '../../../src-shared/mistakes/mistakes-problem.ts';
import { assignFields } from '../../../src-shared/networks/assign-field.ts';
import { type NetworkCost, networkCost } from '../../../src-shared/networks/costs.ts';
import { parseSetting } from '../../../src-shared/networks/parse-setting.ts';
import { resolveNetwork } from '../../../src-shared/networks/parse-network.ts';
import { printJson, printLine, printTable } from '../output.ts';
import { parseInput } from './parse-input.ts';

export interface DescribeOptions {
  readonly family: string;
  readonly set: readonly string[];
  readonly input: string;
  readonly json?: boolean;
}

/** ImageNet's, for which the families were published. */
const PUBLISHED_CLASSES = 1000;

/** Prints what a description costs, per layer and in total. @throws Problem `network-invalid`, `usage` */
export async function describeNetwork(options: DescribeOptions): Promise<void> {
  const settings = options.set.map(parseSetting);
  const fields = Object.fromEntries(settings.map(({ path, value }) => [path, value]));
  const assigned = assignFields({ family: options.family }, fields);
  const description = accepted(assigned, 'network-invalid', ['network']);
  const input = parseInput(options.input);
  const classes = description.classes ?? PUBLISHED_CLASSES;
  const cost = networkCost(resolveNetwork(description, { input, classes }));
  if (options.json) {
    const { layers, ...totals } = cost;
    printJson({ description, input, classes, ...totals, layers });
  } else {
    await printCost(`${description.family}, ${options.input}, ${classes} classes`, cost);
  }
}

async function printCost(title: string, cost: NetworkCost): Promise<void> {
  printLine(`${title}\n`);
  await printTable(
    [
      { title: 'layer' },
      { title: 'role' },
      { title: 'output', align: 'right' },
      { title: 'parameters', align: 'right' },
      { title: 'MACs', align: 'right' },
      { title: 'receptive field', align: 'right' },
    ],
    cost.layers.map((layer) => [
      layer.name,
      layer.role,
      layer.output.join('x'),
      layer.parameters ? whole(layer.parameters) : '',
      layer.macs ? whole(layer.macs) : '',
      String(layer.receptiveField),
    ]),
  );
  const moving = cost.movingStatistics ? ` (and ${whole(cost.movingStatistics)} moving statistics)` : '';
  printLine(`
layers       ${cost.layers.length}, ${cost.layersWithWeights} with weights
parameters   ${whole(cost.parameters)}${moving}
MACs         ${whole(cost.macs)}
size         ${bothSizes(cost.sizeBytes)}
activations  ${bothSizes(cost.activationBytes)} per image`);
}
