import { isMap, isNode, isScalar, parseDocument } from 'yaml';
import { canonicalJson } from '../canonical-hash.ts';
import { Problem } from '../mistakes/problem.ts';
import type { Factors } from './cell.ts';
import { ruleText } from './decision-text.ts';
import { formatExtraSeeds, formatSeeds, formatStudy } from './format-study.ts';
import { readDefinition } from './read-study.ts';
import type { ExtraSeeds, StudyDefinition } from './study-definition.ts';
import { seedsOfCells } from './seeds-of-cells.ts';

/**
 * The same study with further seeds: the next numbers after those that there are. Given to all cells they become
 * part of `seeds`, and extra seeds of the same numbers are part of them from then on.
 *
 * @param count how many
 * @param chosen the factors of the cells that get them; null for all cells
 * @throws Problem `usage` where a rule adds the seeds
 */
export function addSeeds(
  definition: StudyDefinition,
  count: number,
  chosen: readonly Factors[] | null,
): StudyDefinition {
  if (definition.until) {
    const message = `The seeds of ${definition.name} are added by its rule (${ruleText(definition.until)}). For more of them, raise max or lower halfWidth under seeds in its file.`;
    throw new Problem('usage', message);
  }
  if (chosen === null) return addToAll(definition, count);
  const seedsOf = seedsOfCells(definition);
  const extras = new Map((definition.extraSeeds ?? []).map((extra) => [canonicalJson(extra.cells), extra]));
  for (const cells of chosen) {
    const known = extras.get(canonicalJson(cells))?.seeds ?? [];
    const seeds = [...known, ...next(seedsOf(cells), count)];
    extras.set(canonicalJson(cells), { cells, seeds });
  }
  return { ...definition, extraSeeds: [...extras.values()] };
}

/**
 * The study file with the seeds of `definition`, and every other character as it was; written anew where the
 * file is laid out in a way that does not allow this.
 */
export function writeSeeds(text: string, definition: StudyDefinition): string {
  const seeds = replaceKey(text, 'seeds', [formatSeeds(definition)]);
  const changed = replaceKey(seeds, 'extraSeeds', formatExtraSeeds(definition.extraSeeds ?? []));
  const reading = readDefinition(changed);
  const isRight = reading.ok && canonicalJson(reading.definition) === canonicalJson(definition);
  return isRight ? changed : formatStudy(definition);
}

function addToAll(definition: StudyDefinition, count: number): StudyDefinition {
  const { extraSeeds = [], ...rest } = definition;
  const seeds = [...definition.seeds, ...next(definition.seeds, count)];
  const left = extraSeeds.flatMap((extra): ExtraSeeds[] => {
    const beyond = extra.seeds.filter((seed) => !seeds.includes(seed));
    return beyond.length > 0 ? [{ ...extra, seeds: beyond }] : [];
  });
  return { ...rest, seeds, ...(left.length > 0 ? { extraSeeds: left } : {}) };
}

function next(seeds: readonly number[], count: number): number[] {
  const last = seeds.reduce((greatest, seed) => Math.max(greatest, seed), -1);
  return Array.from({ length: count }, (_, index) => last + 1 + index);
}

/** The text with other lines for one key of the top, which are appended where it is not there. */
export function replaceKey(text: string, key: string, lines: readonly string[]): string {
  const range = rangeOf(text, key);
  const content = lines.join('\n');
  if (range) return text.slice(0, range.start) + content + text.slice(range.end);
  if (lines.length === 0) return text;
  return `${text}${text.endsWith('\n') || text === '' ? '' : '\n'}${content}\n`;
}

/** From the key to the end of its value, without the line break after it. */
function rangeOf(text: string, key: string): { readonly start: number; readonly end: number } | null {
  const { contents } = parseDocument(text);
  if (!isMap(contents)) return null;
  for (const { key: node, value } of contents.items) {
    if (!isScalar(node) || !isNode(value) || node.value !== key || !node.range || !value.range) continue;
    const [start] = node.range;
    const [, valueEnd] = value.range;
    return { start, end: start + text.slice(start, valueEnd).trimEnd().length };
  }
  return null;
}
