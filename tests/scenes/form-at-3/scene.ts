import { formAt } from '../shared-form.js';

export const scene = formAt(3);
