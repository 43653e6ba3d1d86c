import type { CellTable } from '../../../src-shared/charts/cells/measured-cell.ts';
import { counted } from '../../../src-shared/counted.ts';
import { whole } from '../../../src-shared/numbers.ts';
import type { FactorValue } from '../../../src-shared/studies/cell.ts';
import { factorText } from '../../../src-shared/studies/factor-text.ts';
import { isImported } from '../../../src-shared/studies/imported-study.ts';
import { samplerOf, USUAL_SAMPLER } from '../../../src-shared/studies/samplers/registry.ts';
import { settingFields } from '../../../src-shared/studies/setting-words.ts';
import type { StudyDefinition } from '../../../src-shared/studies/study-definition.ts';
import type { ReportSubject } from '../report-subject.ts';
import { reportTable } from '../report-table.ts';
import { type Block, facts, list, paragraphs, type Section } from '../report.ts';

/** What was compared: the factors with their values, how the cells were chosen, and the seeds. */
export function designSection({ study, table, chosen }: ReportSubject): Section {
  const { definition } = study;
  return {
    title: 'Design',
    blocks: [
      ...factorTable(table),
      ...facts([
        ['Cells', `${whole(study.cells)}${isImported(definition) ? '' : `, ${choiceText(definition)}`}`],
        ['Seeds', seedsText(chosen.cells.map(({ asked }) => asked ?? []))],
      ]),
      ...paragraphs([
        isImported(definition)
          ? 'The cells are the combinations of factors that the imported runs have, and the seeds of a cell are those of its runs.'
          : 'Seeds are replicates: with one seed initialization, order of the images and augmentation are the same in every cell.',
      ]),
    ],
  };
}

function factorTable({ varying }: CellTable): Block[] {
  if (varying.length === 0) return paragraphs(['Nothing varies: the study has one cell.']);
  const table = {
    columns: ['Factor', 'name in the study file', 'values'],
    rows: varying.map(({ title, path, labels }) => [title, path, labels.join(', ')]),
  };
  return [{ kind: 'table', table: reportTable(table, 'What varies.') }];
}

/** `all combinations`, `60 of 3,072 combinations drawn by the method halton with seed 1`. */
function choiceText({ design }: StudyDefinition): string {
  if (design.kind === 'list') return 'as listed in the study file';
  const { sample, vary } = design;
  if (!sample) return 'all combinations of the factors';
  const all = Object.values(vary).reduce((product, values) => product * BigInt(values.length), 1n);
  const { about } = samplerOf(design);
  return `drawn from ${whole(all)} combinations by the method ${sample.method ?? USUAL_SAMPLER} (${about}) with seed ${sample.seed}`;
}

/** More would be a list that nobody reads. */
const MOST_LISTED = 12;

function seedsText(cells: readonly (readonly number[])[]): string {
  const bySeeds = Map.groupBy(cells, (seeds) => seeds.toSorted((a, b) => a - b).join(', '));
  const [first] = bySeeds.keys();
  if (first === undefined) return '';
  const told = (seeds: readonly number[]): string =>
    seeds.length > MOST_LISTED
      ? `${counted(seeds.length, 'seed')} from ${Math.min(...seeds)} to ${Math.max(...seeds)}`
      : seeds.toSorted((a, b) => a - b).join(', ');
  if (bySeeds.size === 1) return `${told(cells[0] ?? [])} in every cell`;
  const counts = cells.map((seeds) => seeds.length);
  return `${Math.min(...counts)} to ${Math.max(...counts)} in a cell, ${whole(counts.reduce((a, b) => a + b, 0))} runs in all`;
}

/** What all cells have in common: the fields of the network and of the recipe that do not vary. */
export function recipeSection({ chosen, study, table }: ReportSubject): Section {
  const { definition } = study;
  if (isImported(definition)) {
    const known = chosen.cells.some(({ recipe }) => recipe !== null);
    if (!known)
      return {
        title: 'Network and recipe',
        blocks: paragraphs([
          'Network and recipe are unknown: another program trained the runs, and they were imported without them.',
        ]),
      };
  }
  return {
    title: 'Network and recipe',
    blocks: [
      ...fieldTable(
        subjectFields(chosen.cells, 'network'),
        'The network, in all cells alike unless it varies.',
      ),
      ...fieldTable(
        subjectFields(chosen.cells, 'training'),
        'The training recipe, in all cells alike unless it varies.',
      ),
      ...list(
        table.cells.some(({ parameters }) => parameters !== null)
          ? ['Parameters are all trained values; MACs are multiply-accumulates of one image.']
          : [],
      ),
    ],
  };
}

type CellFields = Pick<ReportSubject['chosen']['cells'][number], 'network' | 'recipe'>;

function subjectFields(
  cells: readonly CellFields[],
  part: 'network' | 'training',
): (readonly [string, string, string])[] {
  const known = cells.flatMap(({ network, recipe }) => {
    const fields = part === 'network' ? network : recipe;
    return fields === null ? [] : [fields as Readonly<Record<string, FactorValue | undefined>>];
  });
  const names = [...new Set(known.flatMap((fields) => Object.keys(fields)))];
  return names.flatMap((name): (readonly [string, string, string])[] => {
    const values = new Set(known.map((fields) => factorText(fields[name])));
    const [only = ''] = values;
    if (values.size === 1 && only === '–') return [];
    const path = `${part}.${name}`;
    const title = name === 'family' ? 'family' : (settingFields.get(path)?.title ?? name);
    return [[title, path, values.size === 1 ? only : 'varies']];
  });
}

function fieldTable(rows: readonly (readonly string[])[], caption: string): Block[] {
  if (rows.length === 0) return [];
  const columns = ['Field', 'name in the study file', 'value'];
  return [{ kind: 'table', table: reportTable({ columns, rows }, caption) }];
}
