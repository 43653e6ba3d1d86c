import type { ChartOption } from './chart-style.ts';

/** What a chart that zooms says below itself. */
export const ZOOM_WORDS = 'Ctrl + mouse wheel to zoom, drag to pan.';

/** The part of the horizontal axis that is shown, in percent. */
export interface ZoomRange {
  readonly start: number;
  readonly end: number;
}

export const WHOLE_RANGE: ZoomRange = { start: 0, end: 100 };

/** Zoom along the horizontal axis. The wheel alone belongs to the page, which scrolls over the chart as elsewhere. */
export function zoomOption(): ChartOption {
  return {
    dataZoom: [
      {
        type: 'inside',
        xAxisIndex: 0,
        filterMode: 'none',
        zoomOnMouseWheel: 'ctrl',
        moveOnMouseWheel: false,
      },
    ],
  };
}

export function isZoomable(option: ChartOption): boolean {
  return 'dataZoom' in option;
}

/** The option of a chart that zooms, with this part shown. */
export function zoomedTo(option: ChartOption, { start, end }: ZoomRange): ChartOption {
  const zooms = option['dataZoom'];
  if (!Array.isArray(zooms)) return option;
  return { ...option, dataZoom: zooms.map((zoom: ChartOption) => ({ ...zoom, start, end })) };
}
