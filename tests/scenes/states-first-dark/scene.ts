import { statesIn } from '../shared-states.js';

export const scene = statesIn('dark', 'first');
