import { counted } from '../../../src-shared/counted.ts';
import { type ImportedFile, isImported } from '../../../src-shared/studies/imported-study.ts';
import { roundedTo, whole } from '../../../src-shared/numbers.ts';
import type { ReportSubject } from '../report-subject.ts';
import { type Block, facts, list, paragraphs, type Section } from '../report.ts';

/** The images: which, how many, how they were divided, and the hash by which they are known again. */
export function dataSection(subject: ReportSubject): Section {
  const { study } = subject;
  const { definition } = study;
  const name = study.dataset === '' ? 'unknown' : study.dataset;
  if (isImported(definition))
    return { title: 'Data', blocks: [...facts([['Data set', name]]), ...importBlocks(definition.imported)] };
  const { validationShare, trainingLimit } = definition.data;
  return {
    title: 'Data',
    blocks: [
      ...facts([
        ['Data set', name],
        ['SHA-256 of the prepared data', study.dataHash],
        ['Validation part', validationText(validationShare)],
        ['Training limit', trainingLimit === 0 ? null : `the first ${whole(trainingLimit)} images`],
      ]),
      ...preparedBlocks(subject),
    ],
  };
}

function validationText(share: number): string {
  return share === 0
    ? 'none: the best cell is chosen by the test part, which makes its result look better than it is'
    : `${roundedTo(100 * share, 3)}\u00a0% of the training part, the same images for every seed`;
}

function preparedBlocks({ dataset, study }: ReportSubject): Block[] {
  if (dataset === null)
    return paragraphs([
      'The data set is not prepared on this machine (any more), so that no more is told of it.',
    ]);
  if (dataset.hash !== study.dataHash)
    return paragraphs([
      'The data set of this name on this machine is another one by now (its hash differs), so that no more is told of it.',
    ]);
  const { shape, classes, trainingCount, testCount, source, remarks, options } = dataset;
  const chosen = Object.entries(options).map(([option, value]) => `${option}: ${JSON.stringify(value)}`);
  return [
    ...facts([
      [
        'Images',
        `${shape.join(' x ')}, ${whole(trainingCount)} for training and ${whole(testCount)} for testing`,
      ],
      ['Classes', whole(classes.length)],
      ['Source', source],
      ['Preparation', chosen.join(', ')],
    ]),
    ...list(remarks.map((remark) => remark.text)),
  ];
}

function importBlocks({
  format,
  files,
  hash,
  leftOut,
  notes,
  seed,
  metrics,
  additions = [],
}: Extract<ReportSubject['study']['definition'], { imported: unknown }>['imported']): Block[] {
  return [
    ...paragraphs([
      `Another program trained these runs; they were imported from ${format}. No cost is told where no network is known.`,
    ]),
    ...facts([
      ['Files', filesText(files)],
      ['Hash of the import', hash],
      ...additions.map((added): [string, string] => [
        `${counted(added.runs, 'run')} added later`,
        `from ${filesText(added.files)}, ${added.format}, hash ${added.hash}`,
      ]),
      ['Seeds', seed === null ? 'none: the runs of a cell were only counted' : `the column ${seed}`],
      [
        'Results',
        Object.entries(metrics)
          .map(([metric, column]) => `${metric} from ${column}`)
          .join(', '),
      ],
      ['Columns that were not imported', leftOut.join(', ')],
    ]),
    ...list([...notes, ...additions.flatMap((added) => added.notes)]),
  ];
}

function filesText(files: readonly ImportedFile[]): string {
  return files.map(({ name, bytes }) => `${name} (${whole(bytes)} bytes)`).join(', ');
}
