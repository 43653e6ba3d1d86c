import { z } from 'zod';
import { formatValue } from './filter/format-filter.ts';

/** Ids of imported networks that are shown beside the runs, in charts of what analyses found. */
const networks = z.array(z.string()).min(1).exactOptional();

/** Which runs a figure is about: the runs of a study, or those that a filter finds, or these runs and imported networks. */
export const figureSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('study'), study: z.string(), networks }),
  z.strictObject({ kind: z.literal('filter'), filter: z.string(), networks }),
  z.strictObject({ kind: z.literal('runs'), runs: z.array(z.string()).min(1) }),
]);
export type FigureSource = z.infer<typeof figureSourceSchema>;

/** Ids that may be those of imported networks. */
export function networksAsked(source: FigureSource): readonly string[] {
  return source.kind === 'runs' ? source.runs : (source.networks ?? []);
}

/** The runs of some cells of a study. @param cells ids */
export function sourceOfStudyCells(study: string, cells: Iterable<string>): FigureSource {
  return {
    kind: 'filter',
    filter: `study = ${formatValue(study, true)} and asked = true and cell in (${[...cells].join(', ')})`,
  };
}
