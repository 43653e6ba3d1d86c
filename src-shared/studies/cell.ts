import type { Recipe } from './recipe.ts';

/** A value of a factor, as written in the study file. */
export type FactorValue = string | number | boolean | null | readonly FactorValue[];

/** Factors by their path, e.g. `network.sr`, in the order of the study file. */
export type Factors = Readonly<Record<string, FactorValue>>;

/** How the training part is used; the same in all cells of a study. */
export interface DataSettings {
  /** Share of the training part that is kept for validation. */
  readonly validationShare: number;
  /** Only the first n training images after the cut; 0 for all. */
  readonly trainingLimit: number;
}

/** One combination of a study's factors. */
export interface Cell {
  /** Hash of what is computed (data set, data settings, network, recipe), 16 hexadecimal digits. */
  readonly id: string;
  readonly factors: Factors;
  /** The network with every field filled in, as `parseNetwork` accepts it. */
  readonly network: Readonly<Record<string, unknown>>;
  readonly recipe: Recipe;
}

/** A cell whose network has been resolved for the study's data set. */
export interface CostedCell extends Cell {
  /** Trained weights. */
  readonly parameters: number;
  /** Multiply-accumulate operations for one image. */
  readonly macs: number;
}

/** A cell as a store has it. Of one whose runs another program trained, network, recipe and cost may be unknown. */
export interface StoredCell extends Pick<Cell, 'id' | 'factors'> {
  readonly network: Cell['network'] | null;
  readonly recipe: Recipe | null;
  readonly parameters: number | null;
  readonly macs: number | null;
}
