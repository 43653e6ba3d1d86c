import { z } from 'zod';
import { figureSpecificationSchema, type FigureSpecification } from '../../figures/figure-specification.ts';
import type { ExportedFile } from './files.ts';
import { nothing, request } from './request.ts';

export const FIGURE_FORMATS = ['svg', 'pdf', 'png', 'pgfplots', 'booktabs', 'csv', 'json'] as const;
export type FigureFormat = (typeof FIGURE_FORMATS)[number];

/** A figure that is kept with its query and the runs that it showed when it was last drawn. */
export interface SavedFigure {
  readonly id: string;
  readonly name: string;
  readonly specification: FigureSpecification;
  readonly runs: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A figure as a file. */
export interface FigureFile extends ExportedFile {
  /** What of its texts the file or its reader cannot show, and what to do; null where all is shown. */
  readonly warning: string | null;
}

export const figureRequests = {
  'figures.render': request<FigureFile>()(
    z.strictObject({ specification: figureSpecificationSchema, format: z.enum(FIGURE_FORMATS) }),
  ),
  'figures.list': request<readonly SavedFigure[]>()(nothing),
  /** Without an id a new one. */
  'figures.save': request<SavedFigure>()(
    z.strictObject({
      id: z.string().optional(),
      name: z.string().min(1).max(100),
      specification: figureSpecificationSchema,
    }),
  ),
  'figures.remove': request<null>()(z.strictObject({ id: z.string() })),
} as const;
