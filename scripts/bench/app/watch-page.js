/* global document, PerformanceObserver, requestAnimationFrame, performance, setTimeout */
/** What every-page-part.ts runs in each page before anything of the page's own. */

const blocks = [];
new PerformanceObserver((list) => blocks.push(...list.getEntries())).observe({
  type: 'longtask',
  buffered: true,
});

const SCROLL_STEP_MS = 150;
/** What a page still does once it was seen to its end. */
const REST_MS = 1000;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Once the page has content and nothing in sight says that it loads: the time since its navigation, and its longest task after that. */
globalThis.watchPage = async () => {
  const isSeen = (element) => element.getBoundingClientRect().top < document.documentElement.clientHeight;
  const hasContent = () =>
    document.querySelector('main h1') !== null &&
    ![...document.querySelectorAll('main .message.loading')].some(isSeen);
  while (!hasContent()) await new Promise(requestAnimationFrame);
  const content = performance.now();
  performance.mark('content');
  await pause(REST_MS);
  const main = document.querySelector('main');
  for (let top = 0; top < main.scrollHeight; top += main.clientHeight / 2) {
    main.scrollTop = top;
    await pause(SCROLL_STEP_MS);
  }
  await pause(REST_MS);
  const later = blocks.filter(({ startTime }) => startTime >= content);
  return { content, block: Math.max(0, ...later.map(({ duration }) => duration)) };
};
