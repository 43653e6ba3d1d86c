import { BarChart, CustomChart, HeatmapChart, LineChart, ParallelChart, ScatterChart } from 'echarts/charts';
import {
  AxisPointerComponent,
  DataZoomComponent,
  GraphicComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  ParallelComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import { connect, init, setPlatformAPI, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { DEFAULT_FONT, DEFAULT_FONT_SIZE, platformApi } from 'zrender/lib/core/platform.js';
import '../../src-shared/charts/any-text.ts';

use([
  BarChart,
  CustomChart,
  HeatmapChart,
  LineChart,
  ParallelChart,
  ScatterChart,
  AxisPointerComponent,
  DataZoomComponent,
  GraphicComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  ParallelComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapComponent,
  CanvasRenderer,
]);

// ECharts takes the width of this letter for the height of a line. Few fonts have it: the browser looks through those of the system,
// which takes longer than all else that is measured, and finds another width on each. Where it has no canvas, ECharts takes one em.
const WIDE_LETTER = '国';
const measureText = platformApi.measureText.bind(platformApi);
setPlatformAPI({
  measureText: (text, font) =>
    text === WIDE_LETTER ? { width: emOf(font ?? DEFAULT_FONT) } : measureText(text, font),
});

/** CSS pixels. */
function emOf(font: string): number {
  const [, size] = /([\d.]+)px/.exec(font) ?? [];
  return size === undefined ? DEFAULT_FONT_SIZE : Number(size);
}

export { connect, init };
