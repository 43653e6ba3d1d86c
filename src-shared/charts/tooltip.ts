import { type ChartOption, type ChartStyle, inksOf } from './chart-style.ts';

/**
 * A tooltip of plain lines. It is drawn as text (`richText`), not as HTML: names that users give cannot become
 * markup, and a strict content policy lets it through.
 *
 * @param lines of a datum of a series; none for no tooltip. Empty lines are left out.
 */
export function tooltipOption(style: ChartStyle, lines: (datum: unknown) => readonly string[]): ChartOption {
  return {
    ...tooltipLook(style),
    trigger: 'item',
    formatter: ({ data }: { readonly data?: unknown }) =>
      data === undefined
        ? ''
        : lines(data)
            .filter((line) => line !== '')
            .join('\n'),
  };
}

/** How every tooltip looks. */
export function tooltipLook(style: ChartStyle): ChartOption {
  const { background, ink, rule } = inksOf(style);
  return {
    show: true,
    renderMode: 'richText',
    confine: true,
    transitionDuration: 0,
    backgroundColor: background,
    borderColor: rule,
    padding: 0.6 * style.fontSize,
    textStyle: { color: ink, fontSize: style.fontSize, fontFamily: style.fontFamily },
  };
}
