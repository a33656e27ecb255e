import { separator } from './separator.js';
import { newSteppers, steppedBy, withSteppers } from './steppers.js';

/** What none of our Innotations shows: lines between things, and the buttons of spin fields. */
export const extras = { separator, steppers: { newSteppers, steppedBy, withSteppers } };
