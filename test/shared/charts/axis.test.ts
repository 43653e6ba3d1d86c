import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axisScale, chosenAxis, resolveAxis } from '../../../src-shared/charts/axis.ts';
import type { ChartOption, ChartStyle } from '../../../src-shared/charts/chart-style.ts';
import { plotFrame } from '../../../src-shared/charts/plot-frame.ts';
import { textWidth } from '../../../src-shared/charts/text-width.ts';
import { logTicks, niceRange, niceStep, steppedTicks, stepText } from '../../../src-shared/charts/ticks.ts';
import { randomStream } from '../../../src-shared/random.ts';

const STYLE: ChartStyle = {
  ...{ theme: 'light', width: 240, height: 180, fontFamily: '', fontSize: 8, lineWidth: 1 },
  ...{ interactive: false, title: '', notes: true },
};

const RANGES = Array.from({ length: 300 }, (_, index) => {
  const stream = randomStream(index, 'ranges of axes');
  const low = (stream.uniform() - 0.5) * 10 ** (8 * stream.uniform() - 3);
  return { low, high: low + 10 ** (8 * stream.uniform() - 4), parts: 2 + 4 * stream.uniform() };
});

test('a step is 1, 2 or 5 times a power of ten, the smallest that makes no more parts than there is room for', () => {
  for (const { low, high, parts } of RANGES) {
    const span = high - low;
    const step = niceStep(span, parts);
    assert.match(step.toExponential(6), /^[125]\.0+e/);
    assert.ok(span / step <= 1.001 * parts, `${span} in steps of ${step}: more than ${parts}`);
    // the next smaller one is half of it, or two fifths
    assert.ok(span / (step / 2) > 0.999 * parts || span / (0.4 * step) > 0.999 * parts);
  }
});

test('ticks are all the multiples of the step in their range, and their words tell them apart', () => {
  for (const { low, high, parts } of RANGES) {
    const step = niceStep(high - low, parts);
    const [least, most] = niceRange(low, high, step);
    const ticks = steppedTicks(least, most, step);
    assert.deepEqual([ticks[0], ticks.at(-1)], [least, most]);
    assert.equal(ticks.length, Math.round((most - least) / step) + 1);
    assert.ok(ticks.every((tick) => Math.abs(tick / step - Math.round(tick / step)) < 1e-6));
    const words = ticks.map(stepText(step));
    assert.equal(new Set(words).size, ticks.length);
    for (const [index, word] of words.entries())
      assert.ok(
        Math.abs(Number(word.replace('−', '-').replaceAll(',', '')) - (ticks[index] ?? NaN)) < 1e-6 * step,
        word,
      );
  }
  assert.deepEqual(niceRange(0.1 + 0.2, 0.5, 0.1), [0.3, 0.5]);
  // no multiple of the step, and none of a finer one that its words could not tell
  assert.deepEqual(steppedTicks(0.05, 0.91, 1), []);
  assert.deepEqual([-0.5, 0, 0.5].map(stepText(0.5)), ['−0.5', '0.0', '0.5']);
});

test('an axis that is to show a range shows exactly that where its values are within, whatever its length', () => {
  const own = { kind: 'linear', name: '', values: [0.12, 0.34], ends: 'round', leastSpan: 0.5 } as const;
  for (const length of [60, 200, 700]) {
    const shown = (values: readonly number[], range: readonly [number, number]) => {
      const { low, high } = resolveAxis(
        chosenAxis({ ...own, values }, { ...STYLE, yRange: range }, 'y'),
        length,
        10,
        'upright',
      );
      return [low, high];
    };
    assert.deepEqual(shown([0.12, 0.34], [0.1, 0.47]), [0.1, 0.47]);
    const [low = 1, high = 0] = shown([0.12, 0.63], [0.1, 0.47]);
    assert.ok(low <= 0.1 && high >= 0.63, 'never less than the values');
  }
  assert.deepEqual(chosenAxis(own, STYLE, 'y'), { ...own, isReversed: false });
  const log = chosenAxis({ kind: 'log', name: '', values: [10, 20] }, { ...STYLE, xRange: [0, 100] }, 'x');
  assert.deepEqual('values' in log && log.values, [10, 20, 100]);
  const names = { kind: 'category', name: '', labels: ['a'] } as const;
  assert.deepEqual(chosenAxis(names, { ...STYLE, xRange: [0, 1] }, 'x'), { ...names, isReversed: false });
});

test('a single place, as the only epoch of a run, stands in the middle of its axis', () => {
  for (const value of [1, 3, 0, -2]) {
    const only = { kind: 'linear', name: '', values: [value, value], ends: 'tight' } as const;
    const { low, high } = resolveAxis(only, 400, 10, 'level');
    assert.ok(low < value && Math.abs(value - low - (high - value)) < 1e-9, `${low} to ${high}`);
  }
});

test('an axis of numbers has two ticks or more, however narrow it is and wherever its values lie', () => {
  for (const [low, high] of [
    [-8.7, 4.9],
    [-1.9, 0.4],
    [0.02, 0.98],
    [61, 64.9],
    [-0.3, 0.1],
  ] as const)
    for (const length of [30, 60, 90, 400]) {
      const axis = { kind: 'linear', name: '', values: [low, high], ends: 'margin' } as const;
      const { ticks, labels } = resolveAxis(axis, length, 8, 'level');
      assert.ok(ticks.length >= 2, `${low} to ${high} in ${length}: ${labels.join()}`);
    }
});

test('an axis of things that have no parts has whole ticks alone, two or more, but where a part of one was asked for', () => {
  const epochs = { kind: 'linear', name: 'epoch', ends: 'tight', isWhole: true } as const;
  for (const length of [200, 700])
    for (const [low, high] of [
      ...[[1, 2] as const, [1, 3] as const, [0.02, 0.3] as const, [0.9, 1.4] as const],
      ...RANGES.filter(({ low, high }) => low < high).map(({ low, high }) => [low, high] as const),
    ]) {
      const axis = resolveAxis({ ...epochs, values: [low, high] }, length, 10, 'level');
      assert.ok(axis.low <= low && axis.high >= high);
      assert.ok(
        axis.ticks.length > 0 && axis.ticks.every(Number.isInteger),
        `${low} to ${high}: ${axis.ticks.join()}`,
      );
    }
  const ticksOf = (values: readonly number[], style: ChartStyle = STYLE) =>
    resolveAxis(chosenAxis({ ...epochs, values }, style, 'x'), 400, 10, 'level').ticks;
  assert.deepEqual(ticksOf([0.02, 0.3]), [0, 1]);
  assert.deepEqual(ticksOf([1, 3]), [1, 2, 3]);
  assert.deepEqual(ticksOf([1, 3], { ...STYLE, xAxis: { limits: [1, 1.5] } }).length > 2, true);
  const log = chosenAxis({ ...epochs, values: [1, 2.1] }, { ...STYLE, xAxis: { scale: 'log' } }, 'x');
  assert.deepEqual(resolveAxis(log, 400, 10, 'level').ticks, [1, 2]);
});

test('the words of ticks tell them apart and have room, however large the numbers and however near each other', () => {
  for (const [low, high] of [
    [0, 12_345_678_901],
    [12_345_678_901, 12_345_679_901],
    [1e12, 1e12 + 5e8],
    [100_000, 100_200],
    [-60_000, 20_000],
  ]) {
    const y = { kind: 'linear', name: 'MACs', values: [low ?? 0, high ?? 0], ends: 'round' } as const;
    const content = {
      x: { ...y, values: [0, 1] },
      y,
      notes: [],
      legend: [],
      rules: 'none',
      zoom: true,
    } as const;
    const frame = plotFrame({ ...STYLE, width: 600, interactive: true }, content);
    assert.equal(new Set(frame.y.labels).size, frame.y.labels.length, frame.y.labels.join());
    assert.ok(frame.y.labels.every((label) => textWidth(label, STYLE.fontSize) < frame.box.left));
    // what is drawn is what room was left for: ECharts would write all digits
    const { customValues } = (frame.option['yAxis'] as { readonly axisLabel: ChartOption }).axisLabel;
    assert.deepEqual(customValues, frame.y.ticks);
  }
});

test('a logarithmic axis has at least three round ticks inside its range, however narrow', () => {
  const expected = [
    [2e4, 6e5, [3e4, 1e5, 3e5]],
    [0.9, 1100, [1, 10, 100, 1000]],
    [1, 1e9, [1, 1e2, 1e4, 1e6, 1e8]],
    [0.22, 0.8, [0.3, 0.4, 0.5, 0.7]],
    [78, 176, [80, 100, 120, 140, 160]],
    [734_000, 790_000, [740_000, 760_000, 780_000]],
    [1e5, 1.3e5, [1e5, 1.1e5, 1.2e5, 1.3e5]],
  ] as const;
  for (const [low, high, ticks] of expected) assert.deepEqual(logTicks(low, high), ticks);
  for (const { low, high } of RANGES) {
    const [least, ratio] = [Math.abs(low), 1 + high - low];
    const ticks = logTicks(least, least * ratio);
    assert.ok(ticks.length >= 3, `${least} to ${least * ratio}: ${ticks.join()}`);
    assert.ok(ticks.every((tick) => tick >= least && tick <= least * ratio));
    assert.ok(ticks.every((tick) => Number(tick.toPrecision(7)) === tick));
  }
});

test('labels of an axis of any length stand apart, and at the places of their values', () => {
  for (const length of [40, 80, 160, 320, 640])
    for (const { low, high } of RANGES) {
      const values = [1 + Math.abs(low), 1 + Math.abs(low) + high - low];
      const axis = resolveAxis({ kind: 'log', name: '', values }, length, 10, 'level');
      const place = axisScale(axis, 0, length);
      assert.ok(axis.ticks.length > 0);
      for (const [index, tick] of axis.ticks.entries()) {
        const share = Math.log(tick / axis.low) / Math.log(axis.high / axis.low);
        assert.ok(Math.abs(place(tick) - length * share) < 1e-6 * length);
        const next = axis.ticks[index + 1];
        if (next === undefined) continue;
        const [own = '', other = ''] = axis.labels.slice(index, index + 2);
        assert.ok(place(next) - place(tick) > (textWidth(own, 10) + textWidth(other, 10)) / 2);
      }
    }
});

test('a name that is longer than the upright axis takes two lines, and the plot begins right of both', () => {
  const named = (
    name: string,
  ): { readonly lines: readonly { text: string; x: number }[]; readonly left: number } => {
    const { option, box } = plotFrame(STYLE, {
      x: { kind: 'linear', name: 'layer', values: [0, 1], ends: 'round' },
      y: { kind: 'linear', name, values: [0, 1], ends: 'round' },
      ...{ notes: [], legend: [], rules: 'none' },
    });
    const { elements } = option['graphic'] as { readonly elements: readonly ChartOption[] };
    const upright = elements.filter(({ rotation }) => rotation === Math.PI / 2);
    return {
      lines: upright.map(({ x, style }) => ({
        text: (style as { readonly text: string }).text,
        x: Number(x),
      })),
      left: box.left,
    };
  };
  const short = named('test accuracy (%)');
  assert.deepEqual(
    short.lines.map(({ text }) => text),
    ['test accuracy (%)'],
  );
  const long = named('held-out cross-entropy / ln(number of classes of the data set)');
  assert.equal(long.lines.length, 2);
  assert.equal(
    long.lines.map(({ text }) => text).join(' '),
    'held-out cross-entropy / ln(number of classes of the data set)',
  );
  assert.ok(long.left - short.left >= STYLE.fontSize && (long.lines[1]?.x ?? 0) > (long.lines[0]?.x ?? 0));
});
