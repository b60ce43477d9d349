import { z } from 'zod';
import { type ColorName, colorNames, contrastProblems, type Palette, paletteOf } from './colors';

/** The same in both languages, or one for each. */
type Localized = string | { readonly ko: string; readonly en: string };

/** `#rrggbb`, the same in light and dark, or one for each. Without it ours is used. */
type Color = string | { readonly light: string; readonly dark: string };

/** The colours of every page. What is hard to read on what keeps the server from starting. */
interface ColorOptions {
  /** Behind everything. */
  readonly page?: Color;
  /** Cards and the header; also the colour of a phone's browser around the page. */
  readonly surface?: Color;
  /** Text: at least 4.5:1 on `page` and `surface`. */
  readonly text?: Color;
  /** Text that matters less: at least 4.5:1 on `page` and `surface`. */
  readonly muted?: Color;
  /** Lines that part things. */
  readonly line?: Color;
  /** The edge of buttons: at least 3:1 on `surface`. */
  readonly control?: Color;
  /** The ring around what has the focus: at least 3:1 on `page` and `surface`. Without it that of `text`. */
  readonly ring?: Color;
  /** The main button of a page, never the Kakao button, whose colours are Kakao's. Without it that of `text`. */
  readonly primary?: Color;
  /** Text on `primary`: at least 4.5:1. Without it black or white, whichever is easier to read. */
  readonly onPrimary?: Color;
}

/** What a link to this service shows where it is shared, as in KakaoTalk. */
interface PreviewOptions {
  /** Also the title of the landing page. Without it the name and what kind of service it is. */
  readonly title?: Localized;
  /** One sentence. Also what search engines show. */
  readonly description?: Localized;
  /** A file of `public/` such as `/preview.png`: PNG or JPEG, best 1200 × 630 pixels. */
  readonly picture?: string;
}

/** Who runs this, and how it looks. Everything has a default. */
interface ServiceOptions {
  /** In the header, on the login card, in titles, in the names of downloads, at the local Kakao. At most 40 characters. */
  readonly name?: Localized;
  /**
   * Beside the name: a file of `public/` such as `/logo.svg`, or one for light and one for dark. A square one fills its place best.
   * SVG, PNG, JPEG or WebP. Without it the name stands alone.
   */
  readonly logo?: string | { readonly light: string; readonly dark: string };
  /** In the tab of a browser and on a phone's home screen: a square SVG or PNG of `public/`, such as `/app-icon.png`. */
  readonly icon?: string;
  readonly colors?: ColorOptions;
  /** Where people get help: an e-mail address, or an address that begins with `https://`. */
  readonly support?: string;
  /** The terms of use: an address that begins with `https://`, or a path of this site such as `/terms`. */
  readonly terms?: Localized;
  /** The privacy policy: an address that begins with `https://`, or a path of this site such as `/privacy`. */
  readonly privacy?: Localized;
  readonly preview?: PreviewOptions;
  /** The zone that times are shown in, by its IANA name. Without it `Asia/Seoul`. */
  readonly timeZone?: string;
}

/** What `kakao-login.config.ts` may say. */
export interface KakaoLoginOptions {
  readonly service?: ServiceOptions;
  /** The Kakao app uses Kakao Sync (카카오싱크): the button then says 카카오로 시작하기. Off unless it is `true`. */
  readonly kakaoSync?: boolean;
}

/** For `kakao-login.config.ts`: an editor explains every option. It is checked when the server starts. */
export function defineKakaoLogin(options: KakaoLoginOptions): KakaoLoginOptions {
  return options;
}

interface InBothLanguages {
  readonly ko: string;
  readonly en: string;
}

/** The face of this service, checked. What was not given is `undefined` where the interface has a text or picture of its own. */
export interface Service {
  readonly name: InBothLanguages | undefined;
  readonly logo: { readonly light: string; readonly dark: string } | undefined;
  readonly icon: string | undefined;
  readonly palette: Palette;
  readonly support: string | undefined;
  readonly terms: InBothLanguages | undefined;
  readonly privacy: InBothLanguages | undefined;
  readonly preview: {
    readonly title: InBothLanguages | undefined;
    readonly description: InBothLanguages | undefined;
    readonly picture: string | undefined;
  };
  readonly timeZone: string;
  readonly kakaoSync: boolean;
}

function inBothLanguages<Each extends z.ZodType<string, string>>(each: Each) {
  const both = (text: string) => ({ ko: text, en: text });
  return z.preprocess(
    (given) => (typeof given === 'string' ? both(given) : given),
    strict({ ko: each, en: each }, 'a text, or '),
  );
}

function inBothSchemes<Each extends z.ZodType<string, string>>(each: Each) {
  const both = (text: string) => ({ light: text, dark: text });
  return z.preprocess(
    (given) => (typeof given === 'string' ? both(given) : given),
    strict({ light: each, dark: each }, 'a text, or '),
  );
}

function strict<Shape extends z.ZodRawShape>(shape: Shape, or = '') {
  const known = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: ({ code, keys }) =>
      code === 'unrecognized_keys'
        ? `has no option ${String(keys)}: there are ${known}`
        : `must be ${or}an object of ${known}`,
  });
}

function words(most: number) {
  const message = `must be a text of 1 to ${most} characters in one line`;
  return z
    .string({ error: message })
    .trim()
    .min(1, { message })
    .refine((text) => [...text].length <= most && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text), { message });
}

function file(endings: string) {
  const message = `must be a file of public/ such as /logo.${endings.split('|')[0]}, ending in ${endings.replaceAll('|', ', ')}`;
  return z
    .string({ error: message })
    .regex(new RegExp(`^(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)+\\.(?:${endings})$`), { message });
}

const colorMessage = 'must be a colour such as #0055aa';
const color = z
  .string({ error: colorMessage })
  .regex(/^#[0-9a-f]{6}$/i, { message: colorMessage })
  .toLowerCase();

const linkMessage = 'must begin with https://, or be a path of this site such as /terms';
const link = z
  .string({ error: linkMessage })
  .refine((text) => isWebAddress(text) || /^\/(?![/\\])[^\s\p{C}]*$/u.test(text), { message: linkMessage });

const supportMessage = 'must be an e-mail address, or an address that begins with https://';
const support = z
  .string({ error: supportMessage })
  .refine((text) => isWebAddress(text) || z.email().safeParse(text).success, { message: supportMessage });

function isWebAddress(text: string): boolean {
  return /^https:\/\/[^\s"'<>\\@]+$/.test(text) && URL.canParse(text);
}

const zoneMessage = 'must be a time zone by its IANA name, such as Asia/Seoul';
const timeZone = z.string({ error: zoneMessage }).refine(isTimeZone, { message: zoneMessage });

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

const shades = inBothSchemes(color).optional();
const colors = strict(
  Object.fromEntries(colorNames.map((name) => [name, shades])) as Record<ColorName, typeof shades>,
).superRefine((given, context) => {
  for (const { name, text } of contrastProblems(given))
    context.addIssue({ code: 'custom', path: [name], message: text });
});

const picture = 'svg|png|jpg|jpeg|webp';
const schema = strict({
  service: strict({
    name: inBothLanguages(words(40)).optional(),
    logo: inBothSchemes(file(picture)).optional(),
    icon: file('svg|png').optional(),
    colors: colors.optional(),
    support: support.optional(),
    terms: inBothLanguages(link).optional(),
    privacy: inBothLanguages(link).optional(),
    preview: strict({
      title: inBothLanguages(words(100)).optional(),
      description: inBothLanguages(words(300)).optional(),
      picture: file('png|jpg|jpeg').optional(),
    }).optional(),
    timeZone: timeZone.optional(),
  }).optional(),
  kakaoSync: z.boolean({ error: 'must be true or false' }).optional(),
});

/** What is wrong with `kakao-login.config.ts`, each line beginning with the name of an option such as `service.name.ko:`. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/**
 * Checks the options of `kakao-login.config.ts` and fills in what is not given.
 *
 * @throws ServiceError naming every wrong option, once each
 */
export function readService(options: unknown): Service {
  const result = schema.safeParse(options);
  if (!result.success) {
    const problems = result.error.issues.map(
      ({ path, message }) => [path.join('.') || 'kakao-login.config.ts', message] as const,
    );
    // One problem an option: the first says it best.
    const first = new Map([...problems].reverse());
    throw new ServiceError([...first].reverse().map(([name, message]) => `${name}: ${message}`));
  }
  const { service = {}, kakaoSync = false } = result.data;
  const { name, logo, icon, support, terms, privacy, preview } = service;
  return {
    ...{ name, logo, icon, support, terms, privacy, kakaoSync },
    palette: paletteOf(service.colors ?? {}),
    preview: { title: preview?.title, description: preview?.description, picture: preview?.picture },
    timeZone: service.timeZone ?? 'Asia/Seoul',
  };
}

/** The files of `public/` that a service names, each with the option that names it. */
export function filesOf({
  logo,
  icon,
  preview,
}: Service): { readonly option: string; readonly path: string }[] {
  const named = [
    ['service.logo', logo?.light],
    ['service.logo', logo?.dark],
    ['service.icon', icon],
    ['service.preview.picture', preview.picture],
  ] as const;
  return named.flatMap(([option, path]) => (path === undefined ? [] : [{ option, path }]));
}
