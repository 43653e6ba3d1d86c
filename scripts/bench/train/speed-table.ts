import Table from 'cli-table3';
import { showSpread, type Spread } from '../shared/spread.ts';
import type { MeasuredSpeed } from './measured-speed.ts';
import type { VariantName } from './variants.ts';

const COLUMNS: readonly (readonly [head: string, variant: VariantName])[] = [
  ['compiled', 'compiled'],
  ['images given', 'fed'],
  ['in float32', 'float32'],
  ['with XLA', 'xla'],
  ['eager', 'eager'],
  ['shipped', 'shipped'],
  ['PyTorch', 'pytorch'],
  ['torch.compile', 'pytorchCompile'],
  ['PyTorch tuned', 'pytorchTuned'],
  ['torch.compile tuned', 'pytorchTunedCompile'],
  ['CUDA graphs', 'pytorchGraphs'],
  ['PyTorch, loss not read', 'pytorchUnread'],
  ['torch.compile, not read', 'pytorchCompileUnread'],
  ['CUDA graphs, not read', 'pytorchGraphsUnread'],
];

const RATIOS: readonly (readonly [head: string, ratio: (measured: MeasuredSpeed) => Spread | null])[] = [
  ['compiled / images given', ({ compiledOverFed }) => compiledOverFed],
  ['compiled / float32', ({ compiledOverFloat32 }) => compiledOverFloat32],
  ['compiled / with XLA', ({ compiledOverXla }) => compiledOverXla],
  ['compiled / shipped', ({ compiledOverEager }) => compiledOverEager],
  ['compiled / PyTorch', ({ compiledOverPyTorch }) => compiledOverPyTorch],
  ['compiled / not read', ({ compiledOverPyTorchUnread }) => compiledOverPyTorchUnread],
  ['compiled / tuned', ({ compiledOverPyTorchTuned }) => compiledOverPyTorchTuned],
];

interface Shown {
  readonly columns: typeof COLUMNS;
  readonly ratios: typeof RATIOS;
}

/** What was measured or failed anywhere. */
export function shownOf(measured: readonly MeasuredSpeed[]): Shown {
  return {
    columns: COLUMNS.filter(([, variant]) => measured.some((each) => cell(each, variant) !== '')),
    ratios: RATIOS.filter(([, ratioOf]) => measured.some((each) => ratioOf(each) !== null)),
  };
}

/** Images/s of what was measured or failed, the ratios within rounds, and below them how long was compiled and what failed. */
export function speedTable(measured: readonly MeasuredSpeed[]): string {
  const { columns, ratios } = shownOf(measured);
  const table = new Table({
    head: [...['network', 'batch', 'processes'], ...[...columns, ...ratios].map(([head]) => head)],
    style: { head: [], border: [] },
  });
  for (const each of measured)
    table.push([
      ...[each.network, each.batch, each.processes],
      ...columns.map(([, variant]) => cell(each, variant)),
      ...ratios.map(([, ratioOf]) => ratioText(ratioOf(each))),
    ]);
  return [table.toString(), ...measured.flatMap(notes)].join('\n');
}

function cell({ imagesPerSecond, failures }: MeasuredSpeed, variant: VariantName): string {
  return String(imagesPerSecond[variant] ?? (failures[variant] === undefined ? '' : 'failed'));
}

export function ratioText(value: Spread | null): string {
  return value === null ? '' : showSpread(value);
}

/** How long compiling took, and why something could not be measured. */
export function notes({ network, batch, firstStepSeconds, failures }: MeasuredSpeed): string[] {
  const about = (text: (head: string, variant: VariantName) => string | null) =>
    COLUMNS.flatMap(([head, variant]) => text(head, variant) ?? []);
  const compiled = about((head, variant) => {
    const seconds = firstStepSeconds[variant];
    return seconds === undefined ? null : `${head} ${seconds.toFixed(1)} s`;
  });
  const failed = about((head, variant) => {
    const reason = failures[variant];
    return reason === undefined
      ? null
      : `${network}, batch ${batch}: ${head} could not be measured: ${reason}`;
  });
  const first = `${network}, batch ${batch}: until the first compiled step, not in the images/s: ${compiled.join(', ')}`;
  return [...(compiled.length === 0 ? [] : [first]), ...failed];
}
