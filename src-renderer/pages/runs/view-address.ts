import { listOf, listText } from '../../components/list-text.ts';
import { DEFAULT_VIEW, type TableView, tableViewSchema } from './table-view.ts';

/** The parts of an address that say how the table of runs is looked at. What is usual is not in it. */
export const VIEW_PARTS = ['filter', 'sort', 'group', 'columns', 'varying'] as const;
export type ViewParts = Readonly<Record<(typeof VIEW_PARTS)[number], string>>;

const DOWN = 'down:';
const UP = 'up:';
const NOTHING = 'none';

export function partsOf({ filter, sort, groupBy, columns, onlyVarying }: TableView): ViewParts {
  const ofColumns = listText(columns);
  return {
    filter,
    sort: listText(sort.map(({ column, descending }) => `${descending ? DOWN : UP}${column}`)),
    group: listText(groupBy),
    columns: ofColumns === listText(DEFAULT_VIEW.columns) ? '' : ofColumns || NOTHING,
    varying: onlyVarying === DEFAULT_VIEW.onlyVarying ? '' : 'no',
  };
}

/** What an address does not say, or says in words that are not known, is as usual. */
export function viewOf({ filter, sort, group, columns, varying }: ViewParts): TableView {
  return {
    filter,
    sort: listOf(sort).flatMap((item) => {
      const [before] = [DOWN, UP].filter((start) => item.startsWith(start));
      return before === undefined ? [] : [{ column: item.slice(before.length), descending: before === DOWN }];
    }),
    groupBy: listOf(group),
    columns: columns === '' ? [...DEFAULT_VIEW.columns] : columns === NOTHING ? [] : listOf(columns),
    onlyVarying: varying !== 'no',
  };
}

/** Of a view that was saved before views were addresses. */
export function partsOfFormer(query: unknown): ViewParts | null {
  const parsed = tableViewSchema.safeParse(query);
  return parsed.success ? partsOf(parsed.data) : null;
}
