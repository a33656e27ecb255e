import { pause } from '../measure.js';

/** What the scenes use of opencv-wasm, which comes without types of its own. */
type Mat = { readonly data: Uint8Array; delete(): void };
export type OpenCv = {
  readonly Mat: new (rows?: number, columns?: number, type?: number) => Mat;
  readonly Size: new (width: number, height: number) => object;
  readonly CV_8UC3: number;
  readonly INTER_AREA: number;
  readonly COLOR_BGR2RGBA: number;
  resize(from: Mat, to: Mat, size: object, fx: number, fy: number, filter: number): void;
  cvtColor(from: Mat, to: Mat, code: number): void;
};

let loaded: Promise<{ readonly cv: OpenCv }> | undefined;

type Loading = Partial<OpenCv> & { then?: unknown };

/** Its script would read the wasm synchronously from beside the page, which no page may; it is handed over instead. */
const load = async (): Promise<{ readonly cv: OpenCv }> => {
  const [{ default: script }, { default: wasmUrl }] = await Promise.all([
    import('opencv-wasm/opencv.js?raw'),
    import('opencv-wasm/opencv.wasm?url'),
  ]);
  const wasmBinary = new Uint8Array(await (await fetch(wasmUrl)).arrayBuffer());
  Object.assign(globalThis, { openCvModule: { wasmBinary } });
  const given = script.replace('let Module = {};', 'let Module = globalThis.openCvModule;');
  const url = URL.createObjectURL(new Blob([given], { type: 'text/javascript' }));
  await new Promise<void>((resolve, reject) => {
    const element = document.createElement('script');
    element.onload = () => resolve();
    element.onerror = () => reject(new Error('opencv-wasm could not be loaded'));
    element.src = url;
    document.head.append(element);
  });
  URL.revokeObjectURL(url);
  const { cv } = globalThis as unknown as { readonly cv: Loading };
  while (!cv.Mat) await pause(20);
  // Its object is thenable by mistake: awaited, it would never answer.
  delete cv.then;
  return { cv: cv as OpenCv };
};

/** opencv-wasm, loaded once. */
export const openCv = (): Promise<{ readonly cv: OpenCv }> => {
  loaded ??= load();
  return loaded;
};
