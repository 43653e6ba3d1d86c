import { createRequire } from 'node:module';

/** One of the two families that figures are set in. */
export interface FigureFont {
  readonly family: string;
  /** As a CSS list: what stands in where the font is not installed. */
  readonly stack: string;
  /** TrueType files. */
  readonly regular: string;
  readonly bold: string;
}

const { resolve } = createRequire(import.meta.url);

/** Both under the SIL Open Font Licence, with Greek and the signs of arithmetic. */
export const FIGURE_FONTS = {
  sans: {
    family: 'Source Sans 3',
    stack: "'Source Sans 3', 'Source Sans Pro', Arial, Helvetica, 'Liberation Sans', sans-serif",
    regular: resolve('@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf'),
    bold: resolve('@expo-google-fonts/source-sans-3/700Bold/SourceSans3_700Bold.ttf'),
  },
  serif: {
    family: 'STIX Two Text',
    stack: "'STIX Two Text', 'Times New Roman', Times, 'Liberation Serif', serif",
    regular: resolve('@expo-google-fonts/stix-two-text/400Regular/STIXTwoText_400Regular.ttf'),
    bold: resolve('@expo-google-fonts/stix-two-text/700Bold/STIXTwoText_700Bold.ttf'),
  },
} as const satisfies Record<string, FigureFont>;
