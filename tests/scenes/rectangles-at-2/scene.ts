import { rectanglesAt } from '../shared-rectangles.js';

export const scene = rectanglesAt(2);
