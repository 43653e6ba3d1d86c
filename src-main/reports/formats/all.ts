export { html } from './html/index.ts';
export { latex } from './latex.ts';
export { markdown } from './markdown.ts';
