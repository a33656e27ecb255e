import { statesIn } from '../shared-states.js';

export const scene = statesIn('light', 'first');
