/* global document, sessionStorage, requestAnimationFrame, performance, fetch, Event */
/** What page-part.ts measures within the page; it is evaluated there and knows nothing of Node. */

const nextFrame = () => new Promise(requestAnimationFrame);
const grid = () => document.querySelector('[role=grid]');

globalThis.bench = {
  /** Milliseconds from the change of the filter until the table has its rows. */
  async filterTable(text) {
    const input = document.querySelector('input[role=combobox]');
    const before = grid().getAttribute('aria-rowcount');
    const began = performance.now();
    input.value = text;
    input.dispatchEvent(new Event('input'));
    while (grid().getAttribute('aria-rowcount') === before) await nextFrame();
    const took = performance.now() - began;
    input.value = '';
    input.dispatchEvent(new Event('input'));
    while (grid().getAttribute('aria-rowcount') !== before) await nextFrame();
    return took;
  },

  /** Share of late frames, in percent, while the table moves at the speed of a wheel: some three lines a frame. */
  async scrollTable(duration, limit) {
    const frames = [];
    const began = performance.now();
    let last = await nextFrame();
    while (performance.now() - began < duration) {
      grid().scrollTop += 100;
      const now = await nextFrame();
      frames.push(now - last);
      last = now;
    }
    return (100 * frames.filter((frame) => frame > limit).length) / frames.length;
  },

  /** Selects the first complete runs, as the page keeps a selection over a reload. */
  async selectRuns(count) {
    const response = await fetch('api/runs.query', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ filter: 'state:complete', sort: [], offset: 0, limit: count }),
    });
    const { result } = await response.json();
    sessionStorage.setItem('selection', JSON.stringify(result.runs.map((run, place) => [run, place])));
  },

  /** Milliseconds from the choice of a metric until its curves are drawn. */
  async drawCurves(metric, label) {
    const select = document.querySelector('select[aria-label="Metric of the curves"]');
    const chart = () => document.querySelector(`[data-drawings][aria-label^="${label}"]`);
    const drawings = Number(document.querySelector('[data-drawings][aria-label*=" lines"]').dataset.drawings);
    const began = performance.now();
    select.value = metric;
    select.dispatchEvent(new Event('change'));
    while (!(Number(chart()?.dataset.drawings) > drawings)) await nextFrame();
    return performance.now() - began;
  },
};
