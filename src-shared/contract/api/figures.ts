import { z } from 'zod';
import type { ChartBasis } from '../../charts/chart-kind.ts';
import { figureSpecificationSchema, type FigureSpecification } from '../../figures/figure-specification.ts';
import type { ExportedFile } from './files.ts';
import { nothing, request, requestOfBytes } from './request.ts';

/** A format in which figures are to be had. */
export interface FigureFormatDescription {
  readonly name: string;
  /** Of its files, without the dot; formats may share one. */
  readonly ending: string;
  readonly title: string;
  /** One phrase: what it is for. */
  readonly about: string;
  /** Which charts it can show. */
  readonly draws: readonly ChartBasis[];
  /** Whether a page can show it as it is: an SVG, or a text. */
  readonly isPreview?: true;
}

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
  /** The caption that follows from what is drawn. */
  readonly caption: string;
}

export const figureRequests = {
  /** In the order in which they are shown. */
  'figures.formats': request<readonly FigureFormatDescription[]>()(nothing),
  'figures.render': requestOfBytes<FigureFile>()(
    z.strictObject({
      specification: figureSpecificationSchema,
      format: z.string(),
      /** Without the files that lie beside it, with which it would be packed. */
      isAlone: z.boolean().default(false),
    }),
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
  /** Brings back one that was removed, as it was. */
  'figures.restore': request<SavedFigure>()(
    z.strictObject({
      id: z.string().min(1).max(100),
      name: z.string().min(1).max(100),
      specification: figureSpecificationSchema,
      runs: z.array(z.string()),
      createdAt: z.iso.datetime(),
      updatedAt: z.iso.datetime(),
    }),
  ),
} as const;
