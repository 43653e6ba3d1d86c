import { parse } from 'yaml';
import { counted } from '../../../src-shared/counted.ts';
import { accepted } from '../../../src-shared/mistakes/mistakes-problem.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { alignNetworks } from '../../../src-shared/networks/align-networks.ts';
import { assignFields } from '../../../src-shared/networks/assign-field.ts';
import { type BesideRow, besideRows } from '../../../src-shared/networks/beside-rows.ts';
import { networkCost } from '../../../src-shared/networks/costs.ts';
import { isFamilyName, type NetworkDescription } from '../../../src-shared/networks/families.ts';
import type { NetworkContext } from '../../../src-shared/networks/family.ts';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import { layOutNetwork } from '../../../src-shared/networks/lay-out-network.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';
import { describeDataset } from '../../datasets/describe-dataset.ts';
import { dataFolder } from '../../home.ts';
import type { Store } from '../../store/store.ts';
import { openToRead } from '../open-to-read.ts';
import { printJson, printLine, printTable } from '../output.ts';

export interface NetworkDiffOptions {
  readonly all?: boolean;
  readonly json?: boolean;
}

/** A network that a command line names; families have the images and classes of what they are compared with. */
interface NamedNetwork {
  readonly description: NetworkDescription;
  readonly context: NetworkContext | null;
}

/** ImageNet's, for which the families were published. */
const PUBLISHED: NetworkContext = { input: [224, 224, 3], classes: 1000 };

/** Prints what differs between two networks, layer by layer, as the page Network does. @throws Problem */
export async function diffNetworks(
  file: string,
  names: readonly [string, string],
  { all = false, json = false }: NetworkDiffOptions,
): Promise<void> {
  const [left, right] = graphsOf(file, names);
  const [cost, otherCost] = [networkCost(left), networkCost(right)];
  const rows = besideRows(alignNetworks(layOutNetwork(left, cost), layOutNetwork(right, otherCost)));
  const shown = all ? rows : rows.filter(({ change }) => change !== 'same');
  if (json) {
    const totals = [cost, otherCost].map(({ parameters, macs }) => ({ parameters, macs }));
    printJson({ left: totals[0], right: totals[1], layers: shown });
    return;
  }
  if (shown.length === 0) printLine('The networks are identical.');
  else await printRows(shown);
  printLine(
    `\n${counted(rows.filter(({ change }) => change !== 'same').length, 'difference')} in ${counted(rows.length, 'row')}`,
  );
}

function graphsOf(file: string, names: readonly [string, string]): readonly [Graph, Graph] {
  const [left, right] = names.map((name) => familyNamed(name));
  const needsStore = left === null || right === null;
  const store = needsStore ? openToRead(file) : null;
  try {
    const named = [left, right].map((each, index) => each ?? storedNetwork(store, names[index] ?? ''));
    const [one, other] = named as [NamedNetwork, NamedNetwork];
    const graph = ({ description, context }: NamedNetwork, beside: NamedNetwork): Graph => {
      const { input, classes } = context ?? beside.context ?? PUBLISHED;
      return resolveNetwork(description, { input, classes: description.classes ?? classes });
    };
    return [graph(one, other), graph(other, one)];
  } finally {
    store?.close();
  }
}

/** `squeezenet`, or with fields `{ family: squeezenet, sr: 0.25 }`; null for what is of the store. */
function familyNamed(text: string): NamedNetwork | null {
  const given: unknown = text.startsWith('{') ? fieldsIn(text) : isFamilyName(text) ? { family: text } : null;
  if (given === null || typeof given !== 'object') return null;
  const { family, ...fields } = given as Readonly<Record<string, unknown>>;
  return {
    description: accepted(assignFields({ family }, fields), 'network-invalid', ['network']),
    context: null,
  };
}

/** @throws Problem `usage` for what is no YAML */
function fieldsIn(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    throw new Problem('usage', `${text}: ${reason} Write it as '{ family: squeezenet, sr: 0.25 }'.`, {
      cause: error,
    });
  }
}

/** Of an imported network, or of the cell of a run. */
function storedNetwork(store: Store | null, name: string): NamedNetwork {
  if (store === null) throw new Error('the store is not open');
  const network = store.findNetwork(name);
  if (network !== null) {
    const { description, input, classes } = network;
    return { description, context: { input, classes: classes.length } };
  }
  const [cell] = store.runTable([name]).cells;
  if (cell === undefined)
    throw new Problem(
      'not-found',
      `${name} is neither a run, nor an imported network, nor a family: give an id of \`run list\`, a name of \`network list\`, or a family, perhaps with fields as in '{ family: squeezenet, sr: 0.25 }'.`,
    );
  const { shape, classes } = describeDataset(store.study(cell.study).dataset, dataFolder());
  return { description: parseNetwork(cell.network), context: { input: shape, classes: classes.length } };
}

async function printRows(rows: readonly BesideRow[]): Promise<void> {
  const right = (title: string) => ({ title, align: 'right' as const });
  await printTable(
    [
      ...['layer', 'change', 'operation', 'output'].map((title) => ({ title })),
      ...['parameters', 'difference', 'MACs', 'difference'].map(right),
    ],
    rows.map((row) => [
      ...[row.name, row.change, row.operation, row.output],
      ...[row.parameters, row.parameterDifference, row.macs, row.macDifference],
    ]),
  );
}
