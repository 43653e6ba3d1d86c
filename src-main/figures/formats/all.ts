export { booktabs } from './booktabs.ts';
export { csv } from './csv.ts';
export { json } from './json.ts';
export { pdf } from './pdf.ts';
export { pgfplots } from './pgfplots.ts';
export { png } from './png.ts';
export { svg } from './svg.ts';
