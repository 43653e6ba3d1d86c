import { type GraphRequest, layOutGraph } from './lay-out-graph.ts';

const MOST_COLUMNS = 8;

/**
 * Into how many columns a drawing is split so that all of it is seen as large as can be in a room; the fewest where more
 * would gain little.
 */
export function bestColumns(
  request: GraphRequest,
  room: { readonly width: number; readonly height: number },
): number {
  let best = { columns: 1, zoom: 0 };
  for (let columns = 1; columns <= MOST_COLUMNS; columns++) {
    const { width, height } = layOutGraph({ ...request, columns });
    const zoom = Math.min(room.width / width, room.height / height, 1);
    if (zoom > 1.05 * best.zoom) best = { columns, zoom };
  }
  return best.columns;
}
