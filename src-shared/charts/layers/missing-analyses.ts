import { Problem } from '../../mistakes/problem.ts';

/**
 * Why a chart of what layers do has nothing to show: a method has not found it yet. A page has a button beside the chart that computes it,
 * the command line says the command that does.
 */
export class MissingAnalyses extends Problem {
  readonly method: string;
  /** Whether the chart needs it at every checkpoint. */
  readonly isOverTraining: boolean;

  constructor(message: string, method: string, isOverTraining = false) {
    super('usage', message);
    this.method = method;
    this.isOverTraining = isOverTraining;
  }
}
