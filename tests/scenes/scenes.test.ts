import { createRenderer } from '../../src/render/index.js';
import { compareWithPicture } from './compare.js';
import type { Scene } from './scene.js';

/** Every folder with a scene.ts that exports `scene`. */
const scenes = import.meta.glob<{ readonly scene: Scene }>('./*/scene.ts');

const shoot = async (scene: Scene): Promise<Blob> => {
  const renderer = createRenderer(document.createElement('canvas'));
  try {
    const { width, height } = scene.size;
    const device = { width: Math.round(width * scene.scale), height: Math.round(height * scene.scale) };
    await scene.prepare?.(renderer);
    renderer.resize(scene.size, device);
    renderer.draw(scene.picture(renderer), scene.background);
    return await renderer.snapshot();
  } finally {
    renderer.dispose();
  }
};

describe('scenes look as their pictures', () => {
  for (const [path, load] of Object.entries(scenes)) {
    const name = path.split('/')[1]!;
    it(name, async () => {
      const { scene } = await load();
      await compareWithPicture(`tests/scenes/${name}`, await shoot(scene), scene.tolerance);
    });
  }
});
