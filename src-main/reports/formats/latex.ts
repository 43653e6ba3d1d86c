import { latexRow, latexText } from '../../../src-shared/charts/latex/latex-text.ts';
import { type ExportedFile, textFile } from '../../files/exported-file.ts';
import { pdflatexWarning } from '../../figures/pdflatex-letters.ts';
import {
  type Block,
  captionOf,
  figuresOf,
  type Report,
  type ReportFigure,
  type ReportTable,
} from '../report.ts';
import { besideName, type ReportFormat } from './format.ts';

/** A document that compiles by itself, and whose parts can be copied into a paper. */
export const latex: ReportFormat = {
  ...{ name: 'latex', ending: 'tex', title: 'LaTeX' },
  about: 'a document with booktabs tables, and its figures as PDF in a folder beside it',
  write: async (report, name) => {
    const [{ drawFigure, figureTitle }, { drawPdf }, { provenanceText }] = await Promise.all([
      import('../../figures/svg-figure.ts'),
      import('../../figures/draw-pdf.ts'),
      import('../../figures/provenance.ts'),
    ]);
    const beside: ExportedFile[] = [];
    for (const { name: figure, chart, provenance } of figuresOf(report)) {
      const { specification } = provenance;
      const { svg, style } = drawFigure(chart, specification.style);
      const about = { title: figureTitle(specification), keywords: provenanceText(provenance) };
      const bytes = await drawPdf(svg, style, about);
      beside.push({ fileName: besideName(name, `${figure}.pdf`), mediaType: 'application/pdf', bytes });
    }
    const tex = document(report, name);
    const warnings = [pdflatexWarning(tex), nameWarning(name)].filter((warning) => warning !== null);
    return {
      file: textFile(`${name}.tex`, 'application/x-tex', tex),
      beside,
      warning: warnings.length === 0 ? null : warnings.join(' '),
    };
  },
};

const PREAMBLE = String.raw`\documentclass[a4paper]{article}
\usepackage[margin=25mm]{geometry}
\usepackage{array}
\usepackage{booktabs}
\usepackage{longtable}
\usepackage{graphicx}
\usepackage{textcomp}
\setlength{\parindent}{0pt}
\setlength{\parskip}{0.6em}
\setlength{\emergencystretch}{3em}`;

function document({ title, about, sections }: Report, name: string): string {
  const parts = [
    PREAMBLE,
    String.raw`\title{${line(title)}}`,
    String.raw`\author{}`,
    String.raw`\date{${line(about)}}`,
    String.raw`\begin{document}`,
    String.raw`\maketitle`,
    ...sections.flatMap((section) => [
      '',
      String.raw`\section{${line(section.title)}}`,
      ...section.blocks.map((block) => blockText(block, name)),
    ]),
    '',
    String.raw`\end{document}`,
  ];
  return `${parts.join('\n')}\n`;
}

function blockText(block: Block, name: string): string {
  switch (block.kind) {
    case 'paragraph':
      return `\n${line(block.text)}`;
    case 'list':
      return itemize(block.items.map(line));
    case 'facts':
      return itemize(block.facts.map((fact) => String.raw`\textbf{${line(fact.name)}:} ${line(fact.value)}`));
    case 'code':
      return codeText(block.text);
    case 'table':
      return tableText(block.table);
    case 'figure':
      return figureText(block.figure, name);
  }
}

/** An item that begins with a bracket is no label of its own. */
function itemize(items: readonly string[]): string {
  const lines = items.map((item) => String.raw`\item{} ${item}`);
  return [String.raw`\begin{itemize}`, ...lines, String.raw`\end{itemize}`].join('\n');
}

/** At its place between the texts, as no figure that LaTeX moves would be. */
function figureText(figure: ReportFigure, name: string): string {
  const { name: file, chart, table, command } = figure;
  return [
    '',
    String.raw`\begin{center}`,
    String.raw`\includegraphics[width=\linewidth,height=0.85\textheight,keepaspectratio]{${besideName(name, `${file}.pdf`)}}`,
    '',
    String.raw`\refstepcounter{figure}Figure \thefigure. ${line(captionOf(figure))}`,
    String.raw`\end{center}`,
    ...(chart.cautions ?? []).map((caution) => `\n${line(caution)}`),
    ...(table === null ? [] : [tableText(table)]),
    codeText(command),
  ].join('\n');
}

/** Letters of a line of text in these sizes, with what stands between columns counted as two; the smallest that is readable is the last. */
const SIZES = [
  { letters: 88, size: String.raw`\small` },
  { letters: 98, size: String.raw`\footnotesize` },
  { letters: 112, size: String.raw`\scriptsize` },
  { letters: 135, size: String.raw`\tiny` },
] as const;
/** A column of texts that is wider than this is broken into lines where the table is too wide. */
const NARROW = 14;

function tableText({ caption, columns, rows, notes }: ReportTable): string {
  const row = (cells: readonly string[]): string => latexRow(cells.map(line));
  const { size, types } = layOut({ columns, rows });
  return [
    '',
    String.raw`\begingroup${size}\setlength{\tabcolsep}{4pt}`,
    ...(caption === '' ? [] : [line(caption), '']),
    String.raw`\begin{longtable}{@{}${types}@{}}`,
    String.raw`\toprule`,
    row(columns.map(({ title }) => title)),
    String.raw`\midrule`,
    String.raw`\endhead`,
    String.raw`\bottomrule`,
    String.raw`\endfoot`,
    ...rows.map(row),
    String.raw`\end{longtable}`,
    ...notes.map((note) => `\n${line(note)}`),
    String.raw`\par\endgroup`,
  ].join('\n');
}

/**
 * The size of the text of a table, and its columns. Where they do not fit as they are, titles are broken between words, and long texts
 * share what the others leave.
 */
function layOut({ columns, rows }: Pick<ReportTable, 'columns' | 'rows'>): { size: string; types: string } {
  const own = columns.map(({ title, isNumber }, place) => {
    const data = Math.max(0, ...rows.map((row) => row[place]?.length ?? 0));
    const isLong = !isNumber && data > NARROW;
    const broken = Math.max(isLong ? NARROW : data, ...title.split(' ').map(({ length }) => length));
    return { isNumber, isLong, whole: Math.max(title.length, data), broken };
  });
  const sum = (of: readonly number[]): number => of.reduce((total, width) => total + width + 2, 0);
  const whole = sum(own.map((column) => column.whole));
  const broken = sum(own.map((column) => column.broken));
  const fits = SIZES.find(({ letters }) => whole <= letters);
  if (fits) return { size: fits.size, types: own.map(({ isNumber }) => (isNumber ? 'r' : 'l')).join('') };
  const { letters, size } = SIZES.find((each) => broken <= each.letters) ?? SIZES[3];
  const long = own.reduce((total, column) => total + (column.isLong ? column.whole - column.broken : 0), 0);
  const spare = Math.max(0, letters - broken);
  const types = own.map((column) => {
    const more = column.isLong ? spare * ((column.whole - column.broken) / long) : 0;
    const side = column.isNumber ? String.raw`\raggedleft` : String.raw`\raggedright`;
    const share = (column.broken + Math.min(more, column.whole - column.broken)) / letters;
    return String.raw`>{${side}\arraybackslash}p{${share.toFixed(3)}\linewidth}`;
  });
  return { size, types: types.join('') };
}

/** As it stands, each line with its indentation; long ones are broken at blanks. */
function codeText(text: string): string {
  const lines = text.split('\n').map((code) => {
    const [indent = ''] = /^ */.exec(code) ?? [];
    const rest = latexText(code.slice(indent.length)).replaceAll("'", '{\\textquotesingle}');
    return String.raw`\mbox{}${'~'.repeat(indent.length)}${rest}`;
  });
  return String.raw`
{\small\ttfamily\raggedright
${lines.join('\\\\\n')}\par}`;
}

/** In one line. */
function line(text: string): string {
  return latexText(text.replaceAll(/\s*\n\s*/g, ' '));
}

/** Its figures could not be included from a folder of such a name. */
function nameWarning(name: string): string | null {
  if (!/[%#{}\\~^&$"]/.test(name)) return null;
  return `LaTeX cannot include figures from ${name}_files: write the report to a name of letters, digits, - and _.`;
}
