import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latexRow, latexText } from '../../../src-shared/charts/latex/latex-text.ts';

test('the hyphens of an option are no dash, and a dash is one', () => {
  assert.equal(latexText('study report --output'), 'study report -{}-output');
  assert.equal(latexText('0.1–0.3'), '0.1--0.3');
  assert.equal(latexText('batch-norm'), 'batch-norm');
});

test('a bracket or star at the head of a row is no part of the command before it', () => {
  assert.equal(latexRow(['*', '1']), String.raw`{}* & 1 \\`);
  assert.equal(latexRow([' [1pt] wide', '2']), String.raw`{} [1pt] wide & 2 \\`);
  assert.equal(latexRow(['', '*']), String.raw` & * \\`);
});
