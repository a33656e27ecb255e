import { figureText, figureTitle } from './figures.js';
import type { FigureName, Row } from './model.js';

const svg = (tag: string, attributes: Readonly<Record<string, string | number>>, text = ''): SVGElement => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.textContent = text;
  return element;
};

/** The figure that the chart of a scene shows: the first of these that two contestants have. */
const inOrder: readonly FigureName[] = ['frameMs', 'sharpMs', 'firstMs', 'readMs'];

const chartFigure = (rows: readonly Row[]): FigureName | undefined =>
  inOrder.find((name) => rows.filter(({ figures }) => figures[name] !== undefined).length > 1);

const [width, labels, rowHeight] = [640, 250, 26];

/** Bars on a logarithmic scale, from a tenth of the least to the greatest; null where there is nothing to compare. */
export const sceneChart = (title: string, rows: readonly Row[]): SVGElement | null => {
  const name = chartFigure(rows);
  if (!name) return null;
  const bars = rows.flatMap(({ contestant, figures }) => {
    const value = figures[name];
    return value === undefined ? [] : [{ contestant, value: Math.max(value, 0.01) }];
  });
  const [least, most] = [Math.min, Math.max].map((of) => of(...bars.map(({ value }) => value)));
  const span = Math.log(most! / (least! / 10));
  const room = width - labels - 90;
  const text = bars.map(({ contestant, value }) => `${contestant}: ${figureText(name, value)}`).join('; ');
  const chart = svg('svg', {
    viewBox: `0 0 ${width} ${bars.length * rowHeight + 24}`,
    role: 'img',
    'aria-label': `${title}, ${figureTitle(name)}. ${text}`,
    class: 'chart',
  });
  chart.append(svg('text', { x: 0, y: 14, class: 'axis' }, `${figureTitle(name)}, logarithmic`));
  bars.forEach(({ contestant, value }, i) => {
    const y = 24 + i * rowHeight;
    const length = Math.max(2, (Math.log(value / (least! / 10)) / span) * room);
    const ours = contestant.startsWith('Innotater') ? 'bar ours' : 'bar';
    chart.append(
      svg('text', { x: labels - 8, y: y + 16, 'text-anchor': 'end' }, contestant),
      svg('rect', { x: labels, y: y + 3, width: length, height: rowHeight - 8, class: ours }),
      svg('text', { x: labels + length + 6, y: y + 16 }, figureText(name, value)),
    );
  });
  return chart;
};
