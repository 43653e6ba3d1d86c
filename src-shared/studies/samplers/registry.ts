import type { Factors } from '../cell.ts';
import type { Design } from '../study-definition.ts';
import * as all from './all.ts';
import type { Sampler, SearchSpace } from './sampler.ts';

export const samplers: readonly Sampler[] = Object.values(all);

/** Those that draw from a grid, by the name that the file has for them in `sample.method`. */
export const drawnSamplers = samplers.filter(({ isDrawn }) => isDrawn);

/** What is drawn with where the file does not say it. */
export const USUAL_SAMPLER = all.random.name;

/** How many cells a design has, before any is made. */
export function countCells(design: Design): bigint {
  return samplerOf(design).count(spaceOf(design));
}

/** The cells of a design, in its order. */
export function sampleCells(design: Design): Factors[] {
  const search = samplerOf(design).begin(spaceOf(design));
  const cells: Factors[] = [];
  for (let asked = search.ask(); asked.length > 0; asked = search.ask()) cells.push(...asked);
  return cells;
}

/** What chooses the cells of a design. */
export function samplerOf(design: Design): Sampler {
  if (design.kind === 'list') return all.list;
  if (!design.sample) return all.grid;
  const { method = USUAL_SAMPLER } = design.sample;
  const found = drawnSamplers.find(({ name }) => name === method);
  if (!found) throw new Error(`there is no sampler ${method}`);
  return found;
}

function spaceOf(design: Design): SearchSpace {
  if (design.kind === 'list') return { vary: {}, listed: design.cells, cells: design.cells.length, seed: 0 };
  const { vary, sample } = design;
  return { vary, listed: [], cells: sample?.cells ?? 0, seed: sample?.seed ?? 0 };
}
