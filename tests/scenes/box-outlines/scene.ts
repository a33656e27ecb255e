import { rect } from '../../../src/geometry/index.js';
import { type BoxStyle, parseColor, type Shape } from '../../../src/paint/index.js';
import { exact, type Scene } from '../scene.js';

const style = (more: Partial<BoxStyle>): BoxStyle => ({
  color1: parseColor('#ffffff')!,
  color2: parseColor('#000000')!,
  lineDash: [2],
  lineWidth: 1,
  opacity: 0.9,
  ...more,
});

const styles: readonly BoxStyle[] = [
  style({}),
  style({ color2: parseColor('#008000')! }),
  style({ lineDash: [] }),
  style({ lineDash: [6, 3] }),
  style({ lineDash: [8, 2, 2] }),
  style({ lineWidth: 2, lineDash: [4] }),
  style({ lineWidth: 3, lineDash: [9, 3, 3, 3] }),
  style({ lineWidth: 4, opacity: 0.5 }),
];

/** Eight styles over two backgrounds, with a tiny box, one of no height and one that crosses the edge of the view. */
export const scene: Scene = {
  size: { width: 176, height: 100 },
  scale: 2,
  background: [0.35, 0.45, 0.55, 1],
  tolerance: exact,
  picture: () => [
    { tag: 'quad', rect: rect(0, 50, 176, 50), color: [0.9, 0.85, 0.7, 1] },
    ...styles.map((look, i): Shape => ({ tag: 'box', rect: rect(6.3 + i * 20, 8.4, 16, 36.5), style: look })),
    ...styles.map((look, i): Shape => ({ tag: 'box', rect: rect(6.3 + i * 20, 56, 16, 16), style: look })),
    { tag: 'box', rect: rect(8, 82, 2, 2), style: style({}) },
    { tag: 'box', rect: rect(20, 84, 40, 0), style: style({}) },
    { tag: 'box', rect: rect(150, 80, 60, 60), style: style({ lineDash: [6, 3] }) },
  ],
};
