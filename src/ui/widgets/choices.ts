import { checkbox } from './checkbox.js';
import { comboBox } from './combo-box.js';
import { listBox } from './list-box.js';
import { toggle } from './toggle.js';

/** The widgets in which something is chosen. */
export const choices = { checkbox, comboBox, listBox, toggle };
