import type { Maker } from './contestant.js';
import type { Group } from './form.js';

export declare const dearImGui: (form: readonly Group[]) => Maker;
