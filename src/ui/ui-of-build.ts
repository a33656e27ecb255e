import type { LineMeasure } from '../paint/index.js';
import type { Build } from './build.js';
import type {
  BoxOptions,
  ButtonOptions,
  CheckboxOptions,
  ContainerOptions,
  ListBoxOptions,
  MessageOptions,
  ProgressBarOptions,
  RegionOptions,
  RegionResponse,
  ScrollAreaOptions,
  SeparatorOptions,
  SheetOptions,
  SliderOptions,
  SpinOptions,
  TextFieldOptions,
  TextResponse,
  TextTone,
  ToggleOptions,
  Ui,
} from './contract.js';
import { givenWidget } from './given-widgets.js';
import type { UiEvent, WidgetId } from './input.js';
import type { KeyInput } from './node.js';
import type { Theme } from './theme.js';
import { button } from './widgets/button.js';
import { container } from './widgets/container.js';
import { label } from './widgets/label.js';
import { message } from './widgets/message.js';
import { progressBar } from './widgets/progress-bar.js';
import { region } from './widgets/region.js';
import { slider } from './widgets/slider.js';
import { spinField } from './widgets/spin-field.js';
import { textField } from './widgets/text-field.js';

/** The caller's side of a build: every widget function, bound to it. */
export class UiOfBuild implements Ui {
  readonly #build: Build;
  constructor(build: Build) {
    this.#build = build;
  }

  get theme(): Theme {
    return this.#build.theme;
  }
  get text(): LineMeasure {
    return this.#build.text;
  }
  get timeMs(): number {
    return this.#build.input.timeMs;
  }
  get devicePixelRatio(): number {
    return this.#build.input.devicePixelRatio;
  }
  get coarsePointer(): boolean {
    return this.#build.input.coarsePointer;
  }
  get unusedKeys(): readonly KeyInput[] {
    const keys = this.#build.unusedKeys;
    if (keys.length > 0) this.#build.answered();
    return keys;
  }

  row(key: string, options: ContainerOptions, build: () => void): void {
    container(this.#build, 'row', key, options, build);
  }
  column(key: string, options: ContainerOptions, build: () => void): void {
    container(this.#build, 'column', key, options, build);
  }
  scrollArea(key: string, options: ScrollAreaOptions, build: () => void): void {
    givenWidget('scrollArea')(this.#build, key, options, build);
  }
  sheet(key: string, options: SheetOptions, build: () => void): boolean {
    return givenWidget('sheet')(this.#build, key, options, build);
  }
  label(key: string, text: string, options?: BoxOptions & { readonly tone?: TextTone }): void {
    label(this.#build, key, text, options);
  }
  button(key: string, text: string, options?: ButtonOptions): boolean {
    return button(this.#build, key, text, options);
  }
  slider(key: string, value: number, options: SliderOptions): number | undefined {
    return slider(this.#build, key, value, options);
  }
  spinField(key: string, value: number, options: SpinOptions): number | undefined {
    return spinField(this.#build, key, value, options);
  }
  textField(key: string, text: string, options: TextFieldOptions): TextResponse {
    return textField(this.#build, key, text, options);
  }
  checkbox(key: string, checked: boolean, options: CheckboxOptions): boolean | undefined {
    return givenWidget('checkbox')(this.#build, key, checked, options);
  }
  toggle(key: string, on: boolean, options: ToggleOptions): boolean | undefined {
    return givenWidget('toggle')(this.#build, key, on, options);
  }
  progressBar(key: string, options: ProgressBarOptions): void {
    progressBar(this.#build, key, options);
  }
  separator(key: string, options?: SeparatorOptions): void {
    givenWidget('separator')(this.#build, key, options);
  }
  listBox(
    key: string,
    items: readonly string[],
    selected: number,
    options: ListBoxOptions,
  ): number | undefined {
    return givenWidget('listBox')(this.#build, key, items, selected, options);
  }
  comboBox(
    key: string,
    items: readonly string[],
    selected: number,
    options: ListBoxOptions,
  ): number | undefined {
    return givenWidget('comboBox')(this.#build, key, items, selected, options);
  }
  message(key: string, text: string, options: MessageOptions): boolean {
    return message(this.#build, key, text, options);
  }
  region(key: string, options: RegionOptions): RegionResponse {
    return region(this.#build, key, options);
  }

  use(event: UiEvent): void {
    this.#build.use(event);
  }
  announce(text: string, assertive = false): void {
    this.#build.announce(text, assertive);
  }
  focus(id: WidgetId): void {
    this.#build.focus(id);
  }
  repaint(reason: string, afterMs = 0): void {
    this.#build.repaint(reason, afterMs);
  }
}
