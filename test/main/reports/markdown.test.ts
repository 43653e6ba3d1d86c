import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markdown } from '../../../src-main/reports/formats/markdown/index.ts';
import { makeReport } from '../../../src-main/reports/make-report.ts';
import { importWhole } from '../store/import-whole.ts';
import { hostileStudy, reportSetting } from './report-store.ts';

test('a report as Markdown shows figures that lie beside it', async (t) => {
  const report = await makeReport(reportSetting(t), 'two-by-two');
  const { file, beside } = await markdown.write(report, 'my report');
  const text = Buffer.from(file.bytes).toString();
  assert.match(text, /^# two-by-two\n\nReport of a study on shapes/);
  const shown = [...text.matchAll(/^!\[[^\]]*\]\(([^)]+)\)$/gm)].map(([, address = '']) =>
    decodeURIComponent(address),
  );
  assert.deepEqual(
    shown,
    beside.map(({ fileName }) => fileName),
  );
  for (const { bytes } of beside) assert.match(Buffer.from(bytes).toString(), /^<\?xml/);
});

test('names that people chose are no marks in Markdown and end no cell of a table', async (t) => {
  const setting = reportSetting(t, (store) => void importWhole(store, hostileStudy()));
  const { file } = await markdown.write(await makeReport(setting, 'hostile'), 'hostile');
  const text = Buffer.from(file.bytes).toString();
  assert.doesNotMatch(text.replaceAll(/^(`{3,})[^]*?^\1$/gm, ''), /(?<!\\)<\/?(?!details|summary)[a-z]/);
  const tables = text.split('\n\n').filter((part) => part.startsWith('| '));
  assert.ok(tables.length > 3);
  for (const table of tables) {
    const widths = table.split('\n').map((row) => row.split(/(?<!\\)\|/).length);
    assert.equal(new Set(widths).size, 1, table);
  }
});

test('what begins a line is no mark of a list, a heading or a fence, and no backslash is shown', async () => {
  const heads = [
    '1. a',
    '12) a',
    '- a',
    '+ a',
    '# a',
    '## a',
    '---',
    '~~~ a',
    '1.5 a',
    '-1 a',
    '#1 a',
    '1 a',
  ];
  const blocks = heads.map((text) => ({ kind: 'paragraph' as const, text }));
  const sections = [{ title: '', blocks }];
  const { file } = await markdown.write({ title: 'heads', about: '', sections, copy: null }, '');
  assert.deepEqual(Buffer.from(file.bytes).toString().trimEnd().split('\n\n').slice(-heads.length), [
    ...[String.raw`1\. a`, String.raw`12\) a`, String.raw`\- a`, String.raw`\+ a`, String.raw`\# a`],
    ...[String.raw`\## a`, String.raw`\---`, String.raw`\~~~ a`, '1.5 a', '-1 a', '#1 a', '1 a'],
  ]);
});
