import type { Rect } from '../../geometry/index.js';
import type { Color, Font, Shape } from '../../paint/index.js';
import { inDirection } from '../../paint/index.js';
import type { WidgetHost } from '../host.js';
import { baselineIn } from '../looks.js';
import type { TextLine } from '../text-lines.js';

/** Signs' width between tab stops, as CSS tab-size is by default. */
const tabSigns = 8;

export type TextLook = { readonly font: Font; readonly color: Color };

/** The parts of a line between tabs, each with its distance from the line's start, CSS px. */
const tabbed = (host: WidgetHost, text: string, font: Font): readonly { text: string; x: number }[] => {
  const space = host.text.width(' ', font);
  const stop = tabSigns * space;
  let x = 0;
  return text.split('\t').map((part, i) => {
    // A stop nearer than half a space is passed over.
    if (i > 0) x = (Math.floor((x + space / 2) / stop) + 1) * stop;
    const at = { text: part, x };
    x += host.text.width(part, font);
    return at;
  });
};

/** One line in `room` (its height is the line's), starting at the side where its paragraph starts; tabs go to their stops. */
export const paintLine = (host: WidgetHost, line: TextLine, room: Rect, look: TextLook): Shape[] => {
  const y = baselineIn(host.text, look.font, room.y, room.height);
  const isRtl = line.direction === 'rtl';
  const start = isRtl ? room.x + room.width : room.x;
  const align = isRtl ? 'right' : 'left';
  const parts = line.text.includes('\t') ? tabbed(host, line.text, look.font) : [{ text: line.text, x: 0 }];
  return parts.flatMap(({ text, x }): Shape[] =>
    text === ''
      ? []
      : [
          {
            tag: 'text',
            text: inDirection(text, line.direction),
            at: { x: isRtl ? start - x : start + x, y },
            align,
            ...look,
          },
        ],
  );
};
