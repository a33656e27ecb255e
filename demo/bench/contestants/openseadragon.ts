import { pause } from '../measure.js';
import { type Contestant, frame } from './viewer.js';

/** Its WebGL drawer shows a picture that no texture holds black, so there it draws in a 2D canvas. */
const drawerFor = (width: number, height: number): 'webgl' | 'canvas' => {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return 'canvas';
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, width, height);
  const isHeld = gl.getError() === gl.NO_ERROR;
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return isHeld ? 'webgl' : 'canvas';
};

/** OpenSeadragon on the picture as it is, with an element over it for each box, as its guide to overlays has it. */
export const openSeadragon: Contestant = {
  name: 'OpenSeadragon',
  mostBoxes: 1000,
  why: 'its overlays are elements, one for each box',
  open: async (host, { picture, width, height, boxes }) => {
    const { default: OpenSeadragon } = await import('openseadragon');
    const element = document.createElement('div');
    element.style.width = `${frame.width}px`;
    element.style.height = `${frame.height}px`;
    host.append(element);
    const url = URL.createObjectURL(picture);
    const viewer = OpenSeadragon({
      element,
      tileSources: { type: 'image', url } as never,
      showNavigationControl: false,
      animationTime: 0,
      maxZoomPixelRatio: 64,
      drawer: [drawerFor(width, height)] as never,
    });
    await new Promise<void>((resolve, reject) => {
      viewer.addOnceHandler('open', () => resolve());
      viewer.addOnceHandler('open-failed', ({ message }) => reject(new Error(message)));
    });
    const { viewport } = viewer;
    for (let i = 0; i < (boxes?.count ?? 0); i++) {
      const [x, y, w, h] = boxes!.rows.subarray(i * 4, i * 4 + 4);
      const box = document.createElement('div');
      box.style.border = '1.5px solid #ffb000';
      viewer.addOverlay(box, viewport.imageToViewportRectangle(x!, y!, w!, h!));
    }
    while (!viewer.world.getItemAt(0).getFullyLoaded()) await pause(10);
    return {
      canvas: () => (boxes ? null : (element.querySelector('canvas') as HTMLCanvasElement)),
      move: (motion) => {
        if (motion.tag === 'pan') {
          const by = viewport.deltaPointsFromPixels(new OpenSeadragon.Point(-motion.dx, -motion.dy));
          viewport.panBy(by, true);
        } else {
          const at = viewport.pointFromPixel(new OpenSeadragon.Point(motion.x, motion.y));
          viewport.zoomBy(motion.factor, at, true);
        }
        viewer.forceRedraw();
      },
      settled: async () => {
        while (!viewer.world.getItemAt(0).getFullyLoaded()) await pause(10);
      },
      dispose: () => {
        viewer.destroy();
        element.remove();
        URL.revokeObjectURL(url);
      },
    };
  },
};
