import { togglesIn } from '../shared-toggles.js';

export const scene = togglesIn('light');
