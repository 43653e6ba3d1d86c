import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Blocks, MarkdownBlock, MarkdownSpan, Spans } from '../../../src-shared/markdown/markdown.ts';
import { parseMarkdown } from '../../../src-shared/markdown/parse-markdown.ts';
import { HOSTILE_NOTES } from '../../fixtures/hostile-notes.ts';

test('blocks and spans nest as they are written', () => {
  const blocks = parseMarkdown('## A *b*\n\n3. c\n   - d\n\n> e\n\n---\n\n```js\nf\n```\n');
  const text = (words: string): MarkdownSpan => ({ kind: 'text', text: words });
  const paragraph = (words: string): MarkdownBlock => ({ kind: 'paragraph', spans: [text(words)] });
  assert.deepEqual(blocks, [
    { kind: 'heading', level: 2, spans: [text('A '), { kind: 'emphasis', spans: [text('b')] }] },
    {
      kind: 'list',
      start: 3,
      items: [[paragraph('c'), { kind: 'list', start: null, items: [[paragraph('d')]] }]],
    },
    { kind: 'quotation', blocks: [paragraph('e')] },
    { kind: 'rule' },
    { kind: 'code', text: 'f' },
  ]);
});

test('rows of a table have as many cells as it has columns; a table too wide to be read is shown as typed', () => {
  const [table] = parseMarkdown('| a | b |\n|--:|:-:|\n| 1 |\n| 1 | 2 | 3 |\n');
  assert(table?.kind === 'table');
  assert.deepEqual(
    table.columns.map(({ align }) => align),
    ['right', 'center'],
  );
  assert.deepEqual(
    table.rows.map((row) => row.map(wordsOf)),
    [
      ['1', ''],
      ['1', '2'],
    ],
  );
  const wide = `${'|a'.repeat(41)}|\n${'|-'.repeat(41)}|\n${'|1'.repeat(41)}|`;
  assert.deepEqual(parseMarkdown(`x\n\n${wide}\n\ny`)[1], { kind: 'code', text: wide });
});

test('links lead to the web and to mail only; a picture is a link to it; HTML is text', () => {
  const of = (text: string): [text: string, addresses: string[]] => {
    const [block] = parseMarkdown(text);
    assert(block?.kind === 'paragraph');
    return [wordsOf(block.spans), addressesIn([block])];
  };
  assert.deepEqual(of('[a](https://b.org/c)'), ['a', ['https://b.org/c']]);
  assert.deepEqual(of('see https://b.org/c.'), ['see https://b.org/c.', ['https://b.org/c']]);
  assert.deepEqual(of('<mailto:a@b.org>'), ['mailto:a@b.org', ['mailto:a@b.org']]);
  assert.deepEqual(of('![a *b*](http://c/d.png)'), ['a b', ['http://c/d.png']]);
  assert.deepEqual(of('![](http://c/d.png)'), ['http://c/d.png', ['http://c/d.png']]);
  for (const text of [
    '[a](javascript:alert(1))',
    '[a](data:text/html,b)',
    '[a](file:///etc/passwd)',
    '![a](//c/d.png)',
    '<img src=x onerror=alert(1)>',
  ])
    assert.deepEqual(of(text), [text, []]);
  assert.deepEqual(of('[a](java&#115;cript:b)')[1], []);
});

test('no text of anybody takes long or breaks it, and no address in it is another than of the web and mail', () => {
  for (const [name, text] of Object.entries(HOSTILE_NOTES))
    for (const address of addressesIn(parseMarkdown(text)))
      assert.match(address, /^(?:https?|mailto):/i, name);
});

function wordsOf(spans: Spans): string {
  return spans
    .map((span) => ('text' in span ? span.text : 'spans' in span ? wordsOf(span.spans) : '\n'))
    .join('');
}

function addressesIn(blocks: Blocks): string[] {
  return [...JSON.stringify(blocks).matchAll(/"address":"([^"]*)"/g)].map(([, address = '']) => address);
}
