import type { FactorValue } from './study-summary.ts';

interface Names {
  /** For a title. */
  readonly title: string;
  /** For an axis. */
  readonly axis: string;
  /** For a label. */
  readonly short: string;
}

/** What the field calls a factor, where that is more than the field's own name. */
const NAMES: Readonly<Record<string, Names>> = {
  'network.sr': { title: 'squeeze ratio', axis: 'squeeze ratio (SR)', short: 'SR' },
  'network.pct3x3': { title: '3×3 share', axis: 'share of 3×3 filters (pct3x3)', short: '3×3' },
  'network.baseE': named('first expand width', 'baseE'),
  'network.incrE': named('increment of expand width', 'incrE'),
  'network.freq': named('Fire modules per increment', 'freq'),
  'network.alpha': named('width multiplier', 'α'),
  'network.groups': named('number of groups', 'g'),
  'network.scale': named('scale factor', 's'),
  'network.batchNorm': { title: 'batch norm', axis: 'batch norm', short: 'batch norm' },
  'network.stemFilters': { title: 'stem filters', axis: 'stem filters', short: 'stem' },
  'training.learningRate': named('learning rate', 'lr'),
  'training.weightDecay': named('weight decay', 'wd'),
  'training.labelSmoothing': named('label smoothing', 'smoothing'),
};

function named(title: string, short: string): Names {
  return { title, axis: `${title} (${short})`, short };
}

/** The names of a factor given by its path, e.g. `network.sr`. */
export function factorNames(path: string): Names {
  const field = path.replace(/^(network|training)\./, '');
  return NAMES[path] ?? { title: field, axis: field, short: field };
}

export function factorText(value: FactorValue | undefined): string {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'number') return String(Number(value.toPrecision(4)));
  return Array.isArray(value) ? value.map(String).join(' ') : String(value);
}

/** e.g. `SR = 0.25, 3×3 = 0.5` for the factors at these paths. */
export function cellText(factors: Readonly<Record<string, FactorValue>>, paths: readonly string[]): string {
  return paths.map((path) => `${factorNames(path).short} = ${factorText(factors[path])}`).join(', ');
}
