/** What a reader of the figures must know of the machine, as far as the browser tells. */
export type Machine = {
  readonly cores: number;
  /** Rounded by the browser, at most 8; null where it does not tell. */
  readonly memoryGiB: number | null;
  readonly browser: string;
  readonly system: string;
  readonly renderer: string;
  readonly isolated: boolean;
  readonly devicePixelRatio: number;
};

type Brands = { readonly brands: readonly { readonly brand: string; readonly version: string }[] };
type KnowingNavigator = { readonly userAgentData?: Brands; readonly deviceMemory?: number };

const browserName = (): string => {
  const { brands = [] } = (navigator as KnowingNavigator).userAgentData ?? {};
  const known = brands.filter(({ brand }) => !/not.?a.?brand/i.test(brand.replaceAll(/[^a-z]/gi, '')));
  const { brand, version } = known.at(-1) ?? {};
  const full = /(?:Chrome|Firefox|Version)\/([\d.]+)/.exec(navigator.userAgent)?.[1];
  return brand ? `${brand} ${full ?? version}` : navigator.userAgent;
};

const rendererName = (): string => {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return 'none';
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return name;
};

export const describeMachine = (): Machine => ({
  cores: navigator.hardwareConcurrency,
  memoryGiB: (navigator as KnowingNavigator).deviceMemory ?? null,
  browser: browserName(),
  system: /\(([^)]+)\)/.exec(navigator.userAgent)?.[1] ?? 'unknown',
  renderer: rendererName(),
  isolated: crossOriginIsolated,
  devicePixelRatio,
});

export const machineText = (machine: Machine): string =>
  [
    `${machine.cores} cores`,
    ...(machine.memoryGiB === null ? [] : [`${machine.memoryGiB} GiB or more`]),
    machine.browser,
    machine.system,
    `WebGL: ${machine.renderer}`,
    machine.isolated ? 'isolated' : 'not isolated',
    `${machine.devicePixelRatio} device pixels for one of CSS`,
  ].join(' · ');
