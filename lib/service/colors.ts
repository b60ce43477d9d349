/** What a service may colour: the CSS variables of every page, `--on-primary` for `onPrimary`. */
export const colorNames = [
  'page',
  'surface',
  'text',
  'muted',
  'line',
  'control',
  'ring',
  'primary',
  'onPrimary',
] as const;
export type ColorName = (typeof colorNames)[number];

/** A colour as `#rrggbb` where the system is light, and where it is dark. */
interface Shades {
  readonly light: string;
  readonly dark: string;
}

type Given = Readonly<Partial<Record<ColorName, Shades | undefined>>>;
export type Palette = Readonly<Record<ColorName | FixedName, Shades>>;

const defaults: Readonly<Record<Exclude<ColorName, 'ring' | 'primary' | 'onPrimary'>, Shades>> = {
  page: { light: '#f5f5f3', dark: '#121214' },
  surface: { light: '#ffffff', dark: '#1c1c1f' },
  text: { light: '#1b1b1d', dark: '#f1f1f2' },
  muted: { light: '#5b5b62', dark: '#aaaab2' },
  line: { light: '#e3e3de', dark: '#303035' },
  control: { light: '#85858c', dark: '#75757d' },
};

/** What means the same in every service: a problem, and the banner of the local Kakao. */
const fixed = {
  problem: { light: '#fdf0ed', dark: '#2c1c1a' },
  problemLine: { light: '#d2533f', dark: '#e97b69' },
  local: { light: '#e9f0f8', dark: '#182635' },
  localText: { light: '#1f3d5c', dark: '#bcd6f2' },
} as const;
type FixedName = keyof typeof fixed;

const schemes = ['light', 'dark'] as const;

/** The colours of every page: those that are given, and ours. The ring of focus and main buttons take that of the text. */
export function paletteOf(given: Given): Palette {
  const set = Object.fromEntries(Object.entries(given).filter(([, shades]) => shades !== undefined));
  const text = given.text ?? defaults.text;
  const primary = given.primary ?? text;
  return { ...defaults, ...fixed, ring: text, primary, onPrimary: bestOn(primary), ...set };
}

/** Black or white, whichever is easier to read on it: one of them has 4.5:1 on every colour. */
function bestOn(ground: Shades): Shades {
  const best = (shade: string) =>
    contrast('#ffffff', shade) >= contrast('#000000', shade) ? '#ffffff' : '#000000';
  return { light: best(ground.light), dark: best(ground.dark) };
}

/** What is seen on what, and the least contrast: text 4.5 (WCAG 2.2 1.4.3), edges and the ring of focus 3 (1.4.11). */
const pairs: readonly (readonly [ColorName, ColorName | FixedName, number])[] = [
  ['text', 'page', 4.5],
  ['text', 'surface', 4.5],
  ['text', 'problem', 4.5],
  ['muted', 'page', 4.5],
  ['muted', 'surface', 4.5],
  ['muted', 'problem', 4.5],
  ['onPrimary', 'primary', 4.5],
  ['ring', 'page', 3],
  ['ring', 'surface', 3],
  ['control', 'surface', 3],
];

/** What cannot be made out in these colours: each with the name of the given colour that is at fault. */
export function contrastProblems(given: Given): { readonly name: ColorName; readonly text: string }[] {
  const palette = paletteOf(given);
  return pairs.flatMap(([seen, ground, least]) =>
    schemes.flatMap((scheme) => {
      const ratio = contrast(palette[seen][scheme], palette[ground][scheme]);
      // What is no colour is told elsewhere.
      if (!(ratio < least)) return [];
      const both = `${seen} on ${ground} has a contrast of ${ratio.toFixed(2)}:1 where the system is ${scheme}`;
      const name = [seen, ground, 'text' as const].find((each) => isColorName(each) && given[each]) ?? seen;
      return isColorName(name) ? [{ name, text: `${both}, and ${least}:1 is needed` }] : [];
    }),
  );
}

function isColorName(name: string): name is ColorName {
  return colorNames.some((known) => known === name);
}

/** The contrast ratio of two colours, 1 to 21 (WCAG 2.2). */
function contrast(one: string, other: string): number {
  const [light = 1, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The style sheet that every page begins with: the colours as variables. */
export function themeStyle(palette: Palette): string {
  const [light, dark] = schemes.map((scheme) => {
    const variables = Object.entries(palette).map(
      ([name, shades]) =>
        `--${name.replace(/[A-Z]/, (capital) => `-${capital.toLowerCase()}`)}: ${shades[scheme]};`,
    );
    return [`color-scheme: ${scheme};`, ...variables].join('\n  ');
  });
  return `:root {\n  ${light}\n}\n\n@media (prefers-color-scheme: dark) {\n:root {\n  ${dark}\n}\n}\n`;
}
