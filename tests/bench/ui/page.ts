import { bare } from './bare.js';
import type { Contestant, Maker } from './contestant.js';
import { dearImGui } from './dear-imgui.mjs';
import { formOf, type Group } from './form.js';
import { type ListView, listOf, openList } from './lists.js';
import { plainDom } from './plain-dom.js';
import { publicView } from './public-view.js';
import { Samples } from './samples.js';
import { countAnimationFrames, frameOver, scriptMsOf } from './script-clock.js';
import { longTexts } from './texts.js';

countAnimationFrames();

let drawCalls = 0;
const { drawElements } = WebGL2RenderingContext.prototype;
WebGL2RenderingContext.prototype.drawElements = function (...args) {
  drawCalls += 1;
  drawElements.apply(this, args);
};

const makers: Readonly<Record<string, (form: readonly Group[]) => Maker>> = {
  'ui layer': bare,
  Innotater: publicView,
  'Dear ImGui': dearImGui,
  'plain DOM': plainDom,
};

const newHost = (unseen = false): HTMLElement => {
  const host = document.createElement('div');
  host.className = unseen ? 'host unseen' : 'host';
  document.body.append(host);
  return host;
};

const steps = ['change', 'rest', 'hover'] as const;

const measureStep = async (
  samples: Samples,
  name: string,
  contestant: Contestant,
  step: (typeof steps)[number],
  round: number,
): Promise<void> => {
  if (!contestant[step]) return;
  if (step === 'rest') await scriptMsOf(() => contestant.rest?.(round + 1));
  contestant.parts?.();
  drawCalls = 0;
  const totalMs = await scriptMsOf(() => contestant[step]?.(round));
  if (round < 0) return;
  samples.add(`${name}: ${step}`, totalMs);
  samples.add(`${name}: ${step}: draw calls`, drawCalls);
  const parts = contestant.parts?.();
  if (parts?.ui === undefined || parts.draw === undefined) return;
  samples.add(`${name}: ${step}: ui`, parts.ui);
  samples.add(`${name}: ${step}: draw`, parts.draw);
  samples.add(`${name}: ${step}: mirror`, totalMs - parts.ui - parts.draw);
};

/** What the compiler has not seen often enough is not measured. */
const warmRounds = 20;

/** Frames of a form, the contestants in turn. */
const form = async (controls: number, rounds: number, only?: string) => {
  const samples = new Samples();
  const contestants: [string, Contestant, HTMLElement][] = [];
  for (const [name, maker] of Object.entries(makers)) {
    if (only && name !== only) continue;
    const host = newHost(name === 'Dear ImGui' || name === 'plain DOM');
    contestants.push([name, await maker(formOf(controls, 71))(host), host]);
    await frameOver();
  }
  for (let round = -warmRounds; round < rounds; round++) {
    for (const step of steps) {
      for (const [name, contestant] of contestants) {
        await measureStep(samples, name, contestant, step, round + warmRounds);
      }
    }
  }
  for (const [, contestant, host] of contestants) {
    contestant.dispose();
    host.remove();
  }
  return samples.spreads();
};

/** Making a form from nothing to its first frame; Dear ImGui can be made once a page and is left out. */
const firstBuild = async (controls: number, rounds: number) => {
  const samples = new Samples();
  for (let round = -1; round < rounds; round++) {
    for (const name of ['ui layer', 'Innotater', 'plain DOM']) {
      const host = newHost();
      const data = formOf(controls, 71 + round);
      let made: Contestant | Promise<Contestant> | null = null;
      const totalMs = await scriptMsOf(() => {
        made = makers[name]!(data)(host);
      });
      if (round >= 0) samples.add(`${name}: first build`, totalMs);
      (await (made as unknown as Promise<Contestant>)).dispose();
      host.remove();
      await frameOver();
    }
  }
  return samples.spreads();
};

/** Frames that an idle form draws in so many ms. */
const idle = async (controls: number, ms: number): Promise<number> => {
  const host = newHost();
  const view = await publicView(formOf(controls, 72))(host);
  await frameOver();
  const before = view.parts?.().frames ?? Number.NaN;
  await new Promise((resolve) => setTimeout(resolve, ms));
  const frames = (view.parts?.().frames ?? Number.NaN) - before;
  view.dispose();
  host.remove();
  return frames;
};

const listActions: Readonly<Record<string, (view: ListView, round: number) => void>> = {
  wheel: ({ wheel }, round) => wheel(round % 8 < 4 ? 61 : -61),
  arrow: ({ key }, round) => key(round % 8 < 4 ? 'ArrowDown' : 'ArrowUp'),
  page: ({ key }, round) => key(round % 4 < 2 ? 'PageDown' : 'PageUp'),
  sample: ({ next }) => next(),
};

/** Scrolling a list of few options and one of many, in turn. */
const lists = async (counts: readonly number[], rounds: number) => {
  const samples = new Samples();
  const views: { readonly count: number; readonly view: ListView; readonly host: HTMLElement }[] = [];
  for (const count of counts) {
    const host = newHost();
    const classes = listOf(count);
    const startMs = performance.now();
    const view = await openList(host, classes);
    samples.add(`${count}: open`, performance.now() - startMs);
    views.push({ count, view, host });
    await frameOver();
  }
  for (let round = -warmRounds; round < rounds; round++) {
    for (const [name, act] of Object.entries(listActions)) {
      for (const { count, view } of views) {
        view.focus();
        await frameOver();
        const ms = await scriptMsOf(() => act(view, round + warmRounds));
        if (round >= 0) samples.add(`${count}: ${name}`, ms);
      }
    }
  }
  for (const { view, host } of views) {
    view.view.dispose();
    host.remove();
  }
  return samples.spreads();
};

/** Classes first, then a view on them, so that what each takes of the memory can be told apart. */
const held: { classes: readonly string[]; view: ListView | null } = { classes: [], view: null };
const hold = {
  classes: (count: number): void => {
    held.classes = listOf(count);
  },
  view: async (): Promise<void> => {
    held.view = await openList(newHost(), held.classes);
    await frameOver();
  },
};

Object.assign(globalThis, { bench: { form, firstBuild, idle, lists, longTexts, hold } });
