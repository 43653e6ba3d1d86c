import type { SquaresType } from '../../../statistics/anova/factorial-anova.ts';
import type { Condition } from './condition-data.ts';

export interface AnovaModel {
  readonly order: number;
  readonly type: SquaresType;
  /** Settings that are numbers, by path or any of their names. */
  readonly numeric: readonly string[];
  /** Of which setting each value is a condition for simple effects, or such conditions themselves. */
  readonly at: string | readonly Condition[] | null;
  /** Contrasts of marginal means, as `readContrasts` reads them; null without. */
  readonly contrast: string | null;
  /** Of equivalence, as the quantity is shown; null without. */
  readonly margin: number | null;
}

/** Main effects and interactions of two, with what is told of them without being asked for. */
export const USUAL_MODEL: AnovaModel = {
  ...{ order: 2, type: 2, numeric: [], at: null, contrast: null, margin: null },
};

/** Of a chart. */
export interface ChartSettings {
  readonly metric: string;
  readonly order: '1' | '2' | '3' | '4';
  readonly type: '2' | '3';
  readonly numeric: readonly string[] | null;
  readonly at?: string | null;
  readonly contrast?: string | null;
  readonly margin?: number | null;
}

export function anovaModel({ order, type, numeric, ...given }: ChartSettings): AnovaModel {
  const { at = null, contrast = null, margin = null } = given;
  return {
    ...{ numeric: numeric ?? [], at, contrast, margin },
    order: Number(order),
    type: type === '3' ? 3 : 2,
  };
}
