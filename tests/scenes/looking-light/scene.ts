import { lookingIn } from '../shared-looking.js';

export const scene = lookingIn('light');
