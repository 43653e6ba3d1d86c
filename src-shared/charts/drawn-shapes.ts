import type { ChartOption } from './chart-style.ts';

type Render = (params: { readonly dataIndex: number }, coordinates: unknown) => ChartOption | null;

/** The same custom series with every shape changed, by its datum; null for none. */
export function withShapes(
  series: ChartOption,
  change: (shape: ChartOption, datum: unknown) => ChartOption | null,
): ChartOption {
  const { data, renderItem } = series as { readonly data: readonly unknown[]; readonly renderItem: Render };
  const drawn: Render = (params, coordinates) => {
    const shape = renderItem(params, coordinates);
    return shape && change(shape, data[params.dataIndex]);
  };
  return { ...series, renderItem: drawn };
}
