import { areaContent, areaSize, overflows, paintArea } from './text-area.js';

/** Text fields of several lines. */
export const areas = { textArea: { areaContent, areaSize, overflows, paintArea } };
