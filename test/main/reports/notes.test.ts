import assert from 'node:assert/strict';
import { test } from 'node:test';
import MarkdownIt from 'markdown-it';
import { markdownHtml } from '../../../src-main/reports/formats/html/markdown-html.ts';
import { markdownLatex } from '../../../src-main/reports/formats/latex/markdown-latex.ts';
import { markdownPart } from '../../../src-main/reports/formats/markdown/markdown-part.ts';
import type { Blocks } from '../../../src-shared/markdown/markdown.ts';
import { parseMarkdown } from '../../../src-shared/markdown/parse-markdown.ts';
import { HOSTILE_NOTES } from '../../fixtures/hostile-notes.ts';

const NOTE = `# Found *more*

A **first** \`a|b\` and [a link](https://a.org/b_c) & <i>50 %</i> of ~~all~~\\
next line.

2. one
3. two
   - \\- no list
   - three

     again

> # quoted
> text

| a | b |
|--:|:-:|
| 1 | \`x\\|y\` |

---

    code \`\`\`
`;

test('a note is written in each format by what it says', () => {
  const blocks = parseMarkdown(NOTE);
  assert.equal(
    markdownHtml(blocks),
    [
      '<h3>Found <em>more</em></h3>',
      '<p>A <strong>first</strong> <code>a|b</code> and <a href="https://a.org/b_c" target="_blank" rel="noopener noreferrer">a link</a> &amp; &lt;i&gt;50 %&lt;/i&gt; of <s>all</s><br>next line.</p>',
      '<ol start="2"><li>one</li><li>two<ul><li>- no list</li><li>three<p>again</p></li></ul></li></ol>',
      '<blockquote><h3>quoted</h3><p>text</p></blockquote>',
      '<div class="scroll" tabindex="0" role="group" aria-label="Table of the note"><table><thead><tr><th class="number">a</th><th class="center">b</th></tr></thead><tbody><tr><td class="number">1</td><td class="center"><code>x|y</code></td></tr></tbody></table></div>',
      '<hr>',
      '<pre tabindex="0"><code>code ```</code></pre>',
    ].join('\n'),
  );
  const latex = markdownLatex(blocks);
  for (const part of [
    String.raw`\subsection*{Found \emph{more}}`,
    String.raw`A \textbf{first} \texttt{a|b} and a link (\texttt{https://a.org/b\_c}) \& \textless{}i\textgreater{}50 \%\textless{}/i\textgreater{} of (struck out: all)\newline{}next line.`,
    String.raw`\item[3.]{} two`,
    String.raw`\begin{quote}`,
    String.raw`\begin{longtable}`,
  ])
    assert.ok(latex.includes(part), part);
});

test('as Markdown it reads as before, with its headings below those of the page', () => {
  const again = (blocks: Blocks): Blocks => parseMarkdown(markdownPart(blocks));
  const raised = JSON.stringify(again(parseMarkdown(NOTE))).replaceAll('"level":3', '"level":1');
  assert.deepEqual(JSON.parse(raised), parseMarkdown(NOTE));
});

test('whatever a note is, a page of Markdown goes on after it, without HTML or a picture in it', () => {
  const reader = new MarkdownIt({ html: true });
  for (const [name, text] of Object.entries(HOSTILE_NOTES)) {
    const tokens = reader.parse(`${markdownPart(parseMarkdown(text))}\n\n## After\n`, {});
    const last = tokens.slice(-3).map(({ type, level, content }) => [type, level, content]);
    assert.deepEqual(
      last,
      [
        ['heading_open', 0, ''],
        ['inline', 1, 'After'],
        ['heading_close', 0, ''],
      ],
      name,
    );
    const all = tokens.flatMap((token) => [token, ...(token.children ?? [])]);
    assert.deepEqual(
      all.filter(({ type }) => /^(html|image)/.test(type)),
      [],
      name,
    );
  }
});

test('whatever a note is, its LaTeX ends what it begins and nests no deeper than LaTeX does', () => {
  for (const [name, text] of Object.entries(HOSTILE_NOTES)) {
    const latex = markdownLatex(parseMarkdown(text));
    let depth = 0;
    for (const [, what] of latex.matchAll(/\\(begin|end)\{(?:itemize|quote)\}/g)) {
      depth += what === 'begin' ? 1 : -1;
      assert.ok(depth >= 0 && depth <= 4, name);
    }
    assert.equal(depth, 0, name);
    assert.doesNotMatch(latex.replaceAll('\n', ''), /\p{Cc}/u, name);
  }
});
