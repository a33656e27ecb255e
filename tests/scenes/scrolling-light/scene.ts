import { scrollingIn } from '../shared-scrolling.js';

export const scene = scrollingIn('light');
