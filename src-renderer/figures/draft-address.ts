import { z } from 'zod';
import { assertNever } from '../../src-shared/assert-never.ts';
import { checkInput } from '../../src-shared/mistakes/check-input.ts';
import { showMistake } from '../../src-shared/mistakes/show-mistake.ts';
import { type FigureSource, figureSourceSchema } from '../../src-shared/runs/run-source.ts';
import {
  figureSpecificationSchema,
  type FigureSpecification,
} from '../../src-shared/figures/figure-specification.ts';

/** Of more runs an address does not carry the ids where it can name them otherwise. */
const MOST_IDS = 100;

/** What an address can name without ids. */
export interface NamedRuns {
  /** Ids of the runs that are selected and not hidden: those that Compare shows. */
  readonly selected: readonly string[];
  /** Of the saved figure that is open, if one is. */
  readonly saved: FigureSource | null;
}

/** Runs as an address names them. */
const namedSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('selection') }),
  z.strictObject({ kind: z.literal('saved') }),
  ...figureSourceSchema.options,
]);
const namedDraftSchema = z.looseObject({ source: namedSourceSchema });

/** A figure that is not saved as the text in an address. Many runs are named (selected, or of the saved figure). */
export function writeDraft(
  draft: z.input<typeof figureSpecificationSchema>,
  { selected, saved }: NamedRuns,
): string {
  const { source } = draft;
  if (source.kind !== 'runs' || source.runs.length <= MOST_IDS) return JSON.stringify(draft);
  if (saved?.kind === 'runs' && areSame(source.runs, saved.runs))
    return JSON.stringify({ ...draft, source: { kind: 'saved' } });
  if (areSame(source.runs, selected)) return JSON.stringify({ ...draft, source: { kind: 'selection' } });
  return JSON.stringify(draft);
}

/** @returns the figure, or why the text is none */
export function readDraft(text: string, named: NamedRuns): FigureSpecification | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return 'The draft in the address is not JSON.';
  }
  const draft = namedDraftSchema.safeParse(json);
  const source = draft.success ? sourceOf(draft.data.source, named) : null;
  if (typeof source === 'string') return source;
  const checked = checkInput(figureSpecificationSchema, draft.success ? { ...draft.data, source } : json);
  return checked.ok ? checked.value : checked.mistakes.map(showMistake).join('\n');
}

/** The runs that are named, or why there are none. */
function sourceOf(
  source: z.infer<typeof namedSourceSchema>,
  { selected, saved }: NamedRuns,
): FigureSource | string {
  switch (source.kind) {
    case 'selection':
      if (selected.length === 0)
        return 'This figure uses the selected runs, but no runs are selected. Select runs in the table, then come back.';
      return { kind: 'runs', runs: [...selected] };
    case 'saved':
      return saved ?? 'This figure uses the runs of a saved figure that does not exist (any more).';
    case 'study':
    case 'filter':
    case 'runs':
      return source;
    default:
      return assertNever(source);
  }
}

function areSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, place) => id === other[place]);
}
