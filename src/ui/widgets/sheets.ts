import { scrollArea } from './scroll-area.js';
import { sheet } from './sheet.js';

/** The widgets that scroll what they hold. */
export const sheets = { scrollArea, sheet };
