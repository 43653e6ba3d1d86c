import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeReport } from '../../../src-main/reports/make-report.ts';
import type { Block, Report } from '../../../src-main/reports/report.ts';
import { parseMarkdown } from '../../../src-shared/markdown/parse-markdown.ts';
import { importedStudy, reportSetting } from './report-store.ts';
import { importWhole } from '../store/import-whole.ts';

function section(report: Report, title: string): readonly Block[] {
  return report.sections.find((each) => each.title === title)?.blocks ?? [];
}

/** All words of a section. */
function words(report: Report, title: string): string {
  return section(report, title)
    .map((block) => {
      if (block.kind === 'paragraph' || block.kind === 'code') return block.text;
      if (block.kind === 'markdown') return block.blocks.map((each) => JSON.stringify(each)).join('\n');
      if (block.kind === 'list') return block.items.join('\n');
      if (block.kind === 'facts') return block.facts.map(({ name, value }) => `${name}: ${value}`).join('\n');
      const table = block.kind === 'table' ? block.table : block.figure.table;
      return [
        table?.caption,
        ...(table?.rows ?? []).map((row) => row.join(' | ')),
        ...(table?.notes ?? []),
      ].join('\n');
    })
    .join('\n');
}

test('a report answers first, with n and intervals, and says what was left out where numbers stand', async (t) => {
  const report = await makeReport(reportSetting(t), 'two-by-two');
  const titles = report.sections.map(({ title }) => title);
  assert.deepEqual(titles, [
    ...['Answer', 'Design', 'Data', 'Network and recipe', 'Cells', 'Figures', 'Effects', 'Tests'],
    ...['What failed or is missing', 'Provenance', 'Study file'],
  ]);
  const answer = words(report, 'Answer');
  assert.match(
    answer,
    /^From 0\.5 to 0, the 3×3 share costs 13\.17 points of test accuracy on average over the squeeze ratio/,
  );
  assert.match(answer, /^7 runs of 4 cells count\./m);
  assert.match(answer, /1 of 8 runs left out: 1 diverged\./);
  // the cell with the two runs 0.61 and 0.64: mean 62.5, half width 12.706 * 0.0212 / sqrt(2) = 19.1
  assert.match(words(report, 'Cells'), /0\.125 \| 0\.5 \| 62\.5 ± 19\.1 \| 43\.4 to 81\.6 \| 2 \|/);
  assert.match(words(report, 'Cells'), /a cell with one seed has no interval/);
  assert.match(
    words(report, 'What failed or is missing'),
    /1 \| diverged \| \w+ \| The loss is NaN, "quoted"\. \(step 3\)/,
  );
  assert.match(words(report, 'Provenance'), /Engine: tensorflow-cpu 2\.21\.0/);
  assert.match(words(report, 'Design'), /0, 1 in every cell/);
});

test('the note of a study is in its report, below the answer', async (t) => {
  const setting = reportSetting(
    t,
    (store) => void store.annotateStudy('two-by-two', '# Found\n\n- **x**', null),
  );
  const report = await makeReport(setting, 'two-by-two');
  const titles = report.sections.map(({ title }) => title);
  assert.equal(titles.indexOf('Note'), titles.indexOf('Answer') + 1);
  assert.deepEqual(section(report, 'Note'), [
    { kind: 'markdown', blocks: parseMarkdown('# Found\n\n- **x**') },
  ]);
});

test('each figure has its runs, its numbers and the command that draws it again', async (t) => {
  const setting = reportSetting(t);
  const report = await makeReport(setting, 'two-by-two');
  const figures = report.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'figure' ? [block.figure] : [])),
  );
  assert.deepEqual(
    figures.map(({ name }) => name),
    ['heat-map', 'factor-1', 'factor-2', 'cost', 'curves', 'effects', 'differences'],
  );
  for (const { command, provenance, data, table, name } of figures) {
    assert.match(command, /^kindling figure [\w-]+ --study two-by-two /);
    assert.equal(provenance.runs.length, 8);
    assert.ok(data.rows.length > 0, name);
    assert.equal(table === null, name === 'effects' || name === 'differences');
  }
});

test('chosen figures come in their order, and one that the study does not allow has its reason', async (t) => {
  const setting = reportSetting(t, (store) => {
    importWhole(
      store,
      importedStudy('widths', [
        [1, 2],
        [2, 3],
      ]),
    );
  });
  const figuresOf = async (name: string, figures: readonly string[]): Promise<string[]> => {
    const report = await makeReport(setting, name, { choice: { figures: [...figures], margin: null } });
    return section(report, 'Figures').map((block) =>
      block.kind === 'figure' ? block.figure.command : words(report, 'Figures'),
    );
  };
  assert.deepEqual(
    (await figuresOf('two-by-two', ['errors', 'factor', 'parallel'])).map((command) =>
      command.replace(/ --width.*/, ''),
    ),
    [
      'kindling figure errors --study two-by-two',
      'kindling figure factor --study two-by-two --x network.sr --line network.pct3x3',
      'kindling figure factor --study two-by-two --x network.pct3x3 --line network.sr',
      'kindling figure parallel --study two-by-two --columns network.sr network.pct3x3 parameters macs',
    ],
  );
  assert.match(
    (await figuresOf('widths', ['surface'])).join(''),
    /^There is no figure "Response surface": Too few settings vary among these runs\.$/,
  );
});

test('a margin adds tests of equivalence, as the figure of differences has them, and is in the command', async (t) => {
  const values = [1, 1.01, 1.1, 1.5].map((centre, cell) =>
    Array.from({ length: 12 }, (_, seed) => centre + ((seed * (cell + 1)) % 5) / 100),
  );
  const setting = reportSetting(t, (store) => void importWhole(store, importedStudy('widths', values)));
  const choice = { figures: null, margin: 0.3 };
  const report = await makeReport(setting, 'widths', { choice });
  // beside the best, of which noise is 0.00 to 0.04: 0.01, 0.1 and 0.5 more but for it
  const verdicts = section(report, 'Tests').flatMap((block) =>
    block.kind === 'table' ? block.table.rows.map((row) => row.at(-2)) : [],
  );
  assert.deepEqual(verdicts, ['small difference', 'small difference', 'different']);
  assert.match(
    words(report, 'Answer'),
    / 2 of these differences are shown to lie within ±0\.3 in test loss\./,
  );
  assert.match(words(report, 'Provenance'), /study report widths --output FILE --margin 0\.3/);
  const [figure] = section(report, 'Tests').flatMap((block) =>
    block.kind === 'figure' ? [block.figure] : [],
  );
  assert.match(figure?.command ?? '', / --margin 0\.3 /);
  const plain = await makeReport(setting, 'widths');
  assert.doesNotMatch(words(plain, 'Tests'), /equivalen/i);
});

test('imported runs have their own metric, no cost, and what was not imported is told', async (t) => {
  const values = [
    [1, 1.2, 1.1],
    [0.5, 0.6, 0.4],
    [0.7, null, 0.8],
  ];
  const setting = reportSetting(t, (store) => void importWhole(store, importedStudy('widths', values)));
  const report = await makeReport(setting, 'widths');
  assert.match(words(report, 'Answer'), /Best cell: width = 1 .*test loss 0\.5000/);
  assert.match(words(report, 'Data'), /Columns that were not imported: junk\nA note of the import\./);
  assert.match(words(report, 'Network and recipe'), /unknown/);
  assert.doesNotMatch(words(report, 'Answer'), /parameters/);
  assert.match(words(report, 'What failed or is missing'), /width = 2 \| 1 \| failed/);
  assert.equal(report.sections.at(-1)?.title, 'What was imported');
});

test('studies of one cell, of one seed and without a run make reports that say so', async (t) => {
  const setting = reportSetting(t, (store) => {
    importWhole(store, importedStudy('one cell', [[1, 2]]));
    importWhole(store, importedStudy('one seed', [[1], [2]]));
    importWhole(store, importedStudy('none', [[null], [null]]));
  });
  const one = await makeReport(setting, 'one cell');
  assert.match(words(one, 'Design'), /Nothing varies/);
  assert.match(words(one, 'Effects'), /There is no analysis of variance: /);
  const seed = await makeReport(setting, 'one seed');
  assert.match(
    words(seed, 'Answer'),
    /No cell has more than one seed, so that there are no intervals and no tests/,
  );
  const none = await makeReport(setting, 'none');
  assert.match(words(none, 'Answer'), /No run has a test loss yet/);
  assert.equal(section(none, 'Figures').length, 0);
});

test('more rows than anybody reads are cut, and their number is told', async (t) => {
  const many = Array.from({ length: 260 }, (_, cell) => [1 + cell / 1000]);
  const setting = reportSetting(t, (store) => void importWhole(store, importedStudy('many', many)));
  const cells = words(await makeReport(setting, 'many'), 'Cells');
  assert.match(cells, /The first 200 of 260 rows are shown; the others are left out here\./);
});

test('a report that is cancelled ends between two of its parts', async (t) => {
  const controller = new AbortController();
  const reason = new Error('no longer wanted');
  const made = makeReport(reportSetting(t), 'two-by-two', {
    signal: controller.signal,
    onProgress: (part) => part === 'cells' && controller.abort(reason),
  });
  await assert.rejects(made, reason);
});
