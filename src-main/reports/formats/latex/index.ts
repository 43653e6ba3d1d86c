import { type ExportedFile, textFile } from '../../../files/exported-file.ts';
import { pdflatexNumbers, pdflatexWarning } from '../../../figures/pdflatex-letters.ts';
import { type Block, captionOf, figuresOf, type Report, type ReportFigure } from '../../report.ts';
import { besideName, type ReportFormat } from '../format.ts';
import { markdownLatex } from './markdown-latex.ts';
import { tableText } from './table-text.ts';
import { codeText, itemize, line } from './texts.ts';

/** A document that compiles by itself, and whose parts can be copied into a paper. */
export const latex: ReportFormat = {
  ...{ name: 'latex', ending: 'tex', title: 'LaTeX', holdsStudy: false },
  about: 'a document with booktabs tables, and its figures as PDF in a folder beside it',
  write: async (report, name) => {
    const [{ drawFigure, figureTitle }, { drawPdf }, { provenanceText }] = await Promise.all([
      import('../../../figures/svg-figure.ts'),
      import('../../../figures/draw-pdf.ts'),
      import('../../../figures/provenance.ts'),
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
  const body = [
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
  const text = body.join('\n');
  const turned = text.includes(String.raw`\begin{landscape}`) ? String.raw`\usepackage{pdflscape}` : '';
  const head = [PREAMBLE, turned, pdflatexNumbers(text)].filter((part) => part !== '');
  return `${[...head, text].join('\n')}\n`;
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
    case 'markdown':
      return markdownLatex(block.blocks);
  }
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

/** Its figures could not be included from a folder of such a name. */
function nameWarning(name: string): string | null {
  if (!/[%#{}\\~^&$"]/.test(name)) return null;
  return `LaTeX cannot include figures from ${name}_files: write the report to a name of letters, digits, - and _.`;
}
