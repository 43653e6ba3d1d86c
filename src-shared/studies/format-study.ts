import { MOST_SEEDS } from '../most-seeds.ts';
import type { ExtraSeeds, StudyDefinition } from './study-definition.ts';
import { withoutDefaults } from './seeds-until.ts';
import { studySchema } from './study-schema.ts';

/** Characters of a line that holds a whole map. */
const LINE = 100;

/** A study file that `parseStudy` reads back to an equal definition. What equals a default of the file is left out. */
export function formatStudy(definition: StudyDefinition): string {
  const { name, dataset, data, network, training, design, extraSeeds, record } = definition;
  const list = design.kind === 'list' ? design.cells : [];
  const vary = design.kind === 'grid' ? Object.entries(design.vary) : [];
  const sample = design.kind === 'grid' ? design.sample : null;
  return [
    `study: ${formatFlow(name)}`,
    `dataset: ${formatFlow(dataset)}`,
    ...formatMap('network', network),
    ...(vary.length > 0 ? ['vary:', ...vary.map(([path, values]) => `  ${entry(path, values)}`)] : []),
    ...(sample && vary.length === 0 ? ['vary: {}'] : []),
    ...(sample ? [`sample: ${formatFlow(sample)}`] : []),
    ...(list.length > 0 ? ['cells:', ...list.map((cell) => `  - ${formatFlow(cell)}`)] : []),
    formatSeeds(definition),
    ...formatExtraSeeds(extraSeeds ?? []),
    ...(isDefault(data) ? [] : [`data: ${formatFlow(data)}`]),
    ...(Object.keys(training).length > 0 ? formatMap('training', training) : []),
    ...(record
      ? [`record: ${formatFlow(Object.fromEntries(Object.entries(record).filter(([, every]) => every > 0)))}`]
      : []),
    '',
  ].join('\n');
}

/** The line of `seeds`: how many, which, or until when. */
export function formatSeeds({ seeds, until }: Pick<StudyDefinition, 'seeds' | 'until'>): string {
  if (until) return `seeds: ${formatFlow({ until: withoutDefaults(until) })}`;
  const counted = seeds.length <= MOST_SEEDS && seeds.every((seed, index) => seed === index);
  return `seeds: ${formatFlow(counted ? seeds.length : seeds)}`;
}

/** The lines of `extraSeeds`; none where there are none. */
export function formatExtraSeeds(extras: readonly ExtraSeeds[]): string[] {
  if (extras.length === 0) return [];
  return ['extraSeeds:', ...extras.map(({ cells, seeds }) => `  - ${formatFlow({ cells, seeds })}`)];
}

/** On one line if it fits. */
function formatMap(key: string, map: Readonly<Record<string, unknown>>): string[] {
  const line = entry(key, map);
  const entries = Object.entries(map);
  if (line.length <= LINE || entries.length === 0) return [line];
  return [`${key}:`, ...entries.map(([field, value]) => `  ${entry(field, value)}`)];
}

function entry(key: string, value: unknown): string {
  return `${formatFlow(key)}: ${formatFlow(value)}`;
}

/** YAML on one line: `{ network.sr: 0.5, training.augment: [crop, flip] }`. JSON is YAML, so that is the rest. */
export function formatFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formatFlow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, part]) => entry(key, part));
    return entries.length > 0 ? `{ ${entries.join(', ')} }` : '{}';
  }
  if (typeof value === 'string' && isPlain(value)) return value;
  return JSON.stringify(value);
}

/** Whether a word needs no quotes anywhere in YAML: no mark, and nothing that reads as something else. */
function isPlain(word: string): boolean {
  return /^[A-Za-z_][\w.-]*$/.test(word) && !/^(null|true|false)$/i.test(word);
}

function isDefault(data: StudyDefinition['data']): boolean {
  const { validationShare, trainingLimit } = studySchema.shape.data.parse({});
  return data.validationShare === validationShare && data.trainingLimit === trainingLimit;
}
