import fc from 'fast-check';
import type { LayoutStyle } from '../../../src/ui/index.js';

/** A node of a layout: a container, or a leaf that holds blocks of fixed size which break like words. */
export type Tree = {
  readonly style: LayoutStyle;
  readonly children: readonly Tree[];
  readonly words: readonly { readonly width: number; readonly height: number }[] | null;
};

const px = (most: number) => fc.integer({ min: 0, max: most });
const wordSide = (most: number) => fc.integer({ min: 4, max: most });
const share = fc.integer({ min: 0, max: 120 }).map((percent) => `${percent}%`);
const em = fc.integer({ min: 0, max: 8 }).map((value) => `${value}em`);
const length = (most: number) => fc.oneof({ weight: 3, arbitrary: px(most) }, share, em);
const side = (most: number) =>
  fc.oneof({ weight: 4, arbitrary: px(most) }, fc.constant('10%'), fc.constant('0.5em'));
const factor = fc.constantFrom(0, 0.25, 0.5, 1, 2, 3);
const aligns = ['stretch', 'flex-start', 'flex-end', 'center', 'start', 'end'] as const;
const spreads = [
  'flex-start',
  'flex-end',
  'center',
  'space-between',
  'space-around',
  'space-evenly',
] as const;

type Properties = { readonly [name: string]: fc.Arbitrary<string | number> };

/** Each property now and then: most boxes have few. */
const some = (properties: Properties): fc.Arbitrary<LayoutStyle> => {
  const rarely = (value: fc.Arbitrary<string | number>) =>
    fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
  const entries = Object.entries(properties).map(([name, value]) => [name, rarely(value)]);
  return fc.record(Object.fromEntries(entries)).map((style) => {
    const given = Object.entries(style).filter(([, value]) => value !== undefined);
    return Object.fromEntries(given) as LayoutStyle;
  });
};

const itemStyle = some({
  flexGrow: factor,
  flexShrink: factor,
  flexBasis: fc.oneof(length(120), fc.constant('auto')),
  flex: fc.constantFrom<string | number>(1, '2 1 30px', '0 1 auto', '1 1 0%', 'none', 'auto'),
  width: length(200),
  height: length(120),
  minWidth: length(120),
  maxWidth: length(200),
  minHeight: length(80),
  maxHeight: length(120),
  marginTop: fc.oneof(side(12), fc.constant('auto')),
  marginRight: fc.oneof(side(12), fc.constant('auto')),
  marginBottom: fc.oneof(side(12), fc.constant('auto')),
  marginLeft: fc.oneof(side(12), fc.constant('auto')),
  paddingTop: side(12),
  paddingRight: side(12),
  paddingBottom: side(12),
  paddingLeft: side(12),
  alignSelf: fc.constantFrom(...aligns, 'auto'),
});

const containerStyle = fc
  .tuple(
    some({
      rowGap: side(12),
      columnGap: side(12),
      alignItems: fc.constantFrom(...aligns),
      justifyContent: fc.constantFrom(...spreads, 'start', 'end'),
      alignContent: fc.constantFrom(...spreads, 'stretch'),
    }),
    fc.constantFrom('row', 'row', 'column', 'column', 'row-reverse', 'column-reverse'),
    fc.constantFrom('nowrap', 'nowrap', 'wrap', 'wrap-reverse'),
  )
  .map(([style, flexDirection, wrap]): LayoutStyle => {
    const flexWrap = flexDirection.startsWith('column') ? 'nowrap' : wrap;
    return { ...style, flexDirection, flexWrap };
  });

const leafOf = (style: fc.Arbitrary<LayoutStyle>): fc.Arbitrary<Tree> =>
  fc
    .tuple(
      style,
      fc.array(fc.record({ width: wordSide(90), height: wordSide(40) }), { minLength: 1, maxLength: 3 }),
    )
    .map(([own, words]) => ({ style: own, children: [], words }));

/** An empty leaf with one side given and a ratio, not stretched, free to shrink along a row: an image's frame. */
const framed: fc.Arbitrary<Tree> = fc
  .record({
    aspectRatio: fc.constantFrom<string | number>(0.5, 1, 2, '4/3'),
    size: fc.integer({ min: 8, max: 120 }),
    side: fc.constantFrom('width', 'height'),
    alignSelf: fc.constantFrom('flex-start', 'flex-end', 'center'),
    shrinks: fc.boolean(),
  })
  .map(({ aspectRatio, size, side: given, alignSelf, shrinks }) => ({
    style: { aspectRatio, [given]: size, alignSelf, ...(shrinks ? { minWidth: 0 } : { flexShrink: 0 }) },
    children: [],
    words: [],
  }));

const nested = (depth: number, own: fc.Arbitrary<LayoutStyle>): fc.Arbitrary<Tree> => {
  const leaf = fc.oneof({ weight: 5, arbitrary: leafOf(itemStyle) }, { weight: 1, arbitrary: framed });
  const child = depth <= 1 ? leaf : fc.oneof(leaf, nested(depth - 1, itemStyle));
  return fc
    .tuple(own, containerStyle, fc.array(child, { minLength: 1, maxLength: 4 }))
    .map(([item, container, children]) => ({ style: { ...item, ...container }, children, words: null }));
};

const rootStyle = some({ height: px(300), minHeight: px(200), paddingLeft: px(20), paddingTop: px(20) });

/** Trees of `depth` containers inside one another with leaves at the bottom. */
export const treeOf = (depth: number): fc.Arbitrary<Tree> => nested(depth, rootStyle);

/** Width of the outermost box in CSS px. */
export const widthOf: fc.Arbitrary<number> = fc.integer({ min: 40, max: 600 });
