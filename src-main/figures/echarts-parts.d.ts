/** The parts of ECharts one by one; it comes with types of all together only. */
declare module 'echarts/lib/*.js' {
  import type { use } from 'echarts/core';
  export const install: Exclude<Parameters<typeof use>[0], readonly unknown[]>;
}
