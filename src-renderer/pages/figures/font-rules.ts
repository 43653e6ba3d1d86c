import sansBold from '@expo-google-fonts/source-sans-3/700Bold/SourceSans3_700Bold.ttf?url';
import sans from '@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf?url';
import serif from '@expo-google-fonts/stix-two-text/400Regular/STIXTwoText_400Regular.ttf?url';
import serifBold from '@expo-google-fonts/stix-two-text/700Bold/STIXTwoText_700Bold.ttf?url';
import type { FigureStyle } from '../../../src-shared/figures/figure-style.ts';

/** The fonts of src-main/figures, which PDF and PNG have in them. */
const FONTS = {
  sans: { family: 'Source Sans 3', regular: sans, bold: sansBold },
  serif: { family: 'STIX Two Text', regular: serif, bold: serifBold },
} as const;

const known = new Map<FigureStyle['font'], Promise<string>>();

/**
 * Style rules that bring a font into an image, which can load nothing from elsewhere. Each font is fetched once.
 * @throws Error where the host cannot be reached
 */
export function fontRules(font: FigureStyle['font']): Promise<string> {
  const before = known.get(font);
  if (before) return before;
  const { family, regular, bold } = FONTS[font];
  const rules = Promise.all([rule(family, 400, regular), rule(family, 700, bold)]).then((both) =>
    both.join(''),
  );
  known.set(font, rules);
  // another attempt may succeed
  rules.catch(() => known.delete(font));
  return rules;
}

async function rule(family: string, weight: number, address: string): Promise<string> {
  const file = await (await fetch(address)).blob();
  return `@font-face{font-family:'${family}';font-weight:${weight};src:url(${await dataAddress(file)})}`;
}

function dataAddress(file: Blob): Promise<string> {
  const reader = new FileReader();
  return new Promise((resolve, reject) => {
    reader.addEventListener('load', () => resolve(reader.result as string));
    reader.addEventListener('error', () => reject(new Error('a font cannot be read')));
    reader.readAsDataURL(file);
  });
}
