import { type ExportedFile, textFile } from '../../../files/exported-file.ts';
import { markdownAddress, markdownBullets, markdownText } from '../../../files/markdown-text.ts';
import {
  type Block,
  captionOf,
  figuresOf,
  type Report,
  type ReportFigure,
  type ReportTable,
} from '../../report.ts';
import { besideName, type ReportFormat } from '../format.ts';
import { markdownPart } from './markdown-part.ts';
import { fenced, line } from './texts.ts';

/** A page of text for a repository or a wiki. */
export const markdown: ReportFormat = {
  ...{ name: 'markdown', ending: 'md', title: 'Markdown', holdsStudy: false },
  about: 'for a repository or a wiki, with its figures as SVG in a folder beside it',
  write: async (report, name) => {
    const { svgFigure } = await import('../../../figures/svg-figure.ts');
    const beside = figuresOf(report).map(({ name: figure, chart, provenance }) =>
      textFile(besideName(name, `${figure}.svg`), 'image/svg+xml', svgFigure(chart, provenance)),
    );
    return { file: page(report, name), beside, warning: null };
  },
};

function page({ title, about, sections }: Report, name: string): ExportedFile {
  const parts = [
    `# ${markdownText(title)}`,
    markdownText(about),
    ...sections.flatMap((section) => [
      `## ${markdownText(section.title)}`,
      ...section.blocks.map((block) => blockText(block, name)),
    ]),
  ];
  return textFile(`${name}.md`, 'text/markdown', `${parts.join('\n\n')}\n`);
}

function blockText(block: Block, name: string): string {
  switch (block.kind) {
    case 'paragraph':
      return line(block.text);
    case 'list':
      return markdownBullets(block.items.map(line));
    case 'facts':
      return markdownBullets(block.facts.map((fact) => `**${line(fact.name)}:** ${line(fact.value)}`));
    case 'code':
      return fenced(block.text);
    case 'table':
      return tableText(block.table);
    case 'figure':
      return figureText(block.figure, name);
    case 'markdown':
      return markdownPart(block.blocks);
  }
}

function figureText(figure: ReportFigure, name: string): string {
  const { name: file, title, chart, table, command } = figure;
  return [
    `![${line(chart.label ?? title)}](${markdownAddress(besideName(name, `${file}.svg`))})`,
    line(captionOf(figure)),
    ...(chart.cautions ?? []).map(line),
    `<details><summary>${table === null ? 'Command' : 'Numbers and command'}</summary>`,
    ...(table === null ? [] : [tableText(table)]),
    fenced(command),
    '</details>',
  ].join('\n\n');
}

function tableText({ caption, columns, rows, notes }: ReportTable): string {
  const row = (cells: readonly string[]): string => `| ${cells.map(line).join(' | ')} |`;
  const table = [
    row(columns.map(({ title }) => title)),
    `| ${columns.map(({ isNumber }) => (isNumber ? '---:' : '---')).join(' | ')} |`,
    ...rows.map(row),
  ].join('\n');
  return [line(caption), table, ...notes.map(line)].filter((part) => part !== '').join('\n\n');
}
