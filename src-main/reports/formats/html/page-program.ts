/**
 * Makes the marks of figures speak: their titles, which a browser shows after a while, at once beside the pointer, and one after
 * the other by the arrow keys. Plain enough for any browser to come; without it nothing is missing.
 */
export const PAGE_PROGRAM = `'use strict';
const tip = document.createElement('div');
tip.id = 'tip';
tip.hidden = true;
tip.setAttribute('role', 'status');
document.body.append(tip);
let chosen = null;
function words(mark) {
  const title = mark.querySelector(':scope > title');
  if (title) mark.dataset.words = title.textContent, title.remove();
  return mark.dataset.words || '';
}
function show(mark, x, y) {
  if (chosen) chosen.classList.remove('chosen');
  chosen = mark;
  tip.hidden = mark === null;
  if (mark === null) return;
  mark.classList.add('chosen');
  tip.textContent = words(mark);
  const left = Math.min(x + 14, document.documentElement.clientWidth - tip.offsetWidth - 8);
  tip.style.left = Math.max(8, left) + scrollX + 'px';
  tip.style.top = y + 14 + scrollY + 'px';
}
for (const plot of document.querySelectorAll('.plot')) {
  const svg = () => [...plot.querySelectorAll('svg')].find((each) => each.getClientRects().length > 0);
  const marks = () => [...(svg() || plot).querySelectorAll('[data-mark]')];
  plot.addEventListener('pointermove', (event) => show(event.target.closest('[data-mark]'), event.clientX, event.clientY));
  plot.addEventListener('pointerleave', () => show(null));
  plot.addEventListener('blur', () => show(null));
  plot.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') show(null);
    const all = marks();
    if (!step || all.length === 0) return;
    event.preventDefault();
    const next = all[(all.indexOf(chosen) + step + all.length) % all.length];
    const box = next.getBoundingClientRect();
    show(next, box.right, box.bottom);
  });
}
`;
