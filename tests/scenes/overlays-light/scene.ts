import { overlaysIn } from '../shared-states.js';

export const scene = overlaysIn('light');
