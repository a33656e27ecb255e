import { followFinger } from '../behaviours/scrolling-finger.js';
import { scrollArea } from './scroll-area.js';
import { sheet } from './sheet.js';

/** The widgets that scroll what they hold, and how fingers do that. */
export const sheets = { followFinger, scrollArea, sheet };
