export { html } from './html/index.ts';
export { latex } from './latex/index.ts';
export { markdown } from './markdown/index.ts';
