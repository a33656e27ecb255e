import { dashFunctions, shapeFunctions } from '../../../src/render/shaders.js';
import { assert } from './kit.js';

const SEED = 20240607;

/** Numbers 0…1 from a seed (mulberry32). */
const dice = (seed: number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

/** Runs `expression` (a vec4) on one float pixel for each set of values of the uniforms `p`, `q`, `r` (vec4) and `u_dash`. */
const onePixel = (functions: string, expression: string) => {
  const gl = document.createElement('canvas').getContext('webgl2')!;
  if (!gl.getExtension('EXT_color_buffer_float')) throw new Error('no float targets');
  const program = gl.createProgram();
  const attach = (type: number, source: string) => {
    const shader = gl.createShader(type)!;
    gl.shaderSource(shader, `#version 300 es\nprecision highp float;\nprecision highp int;\n${source}`);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader) ?? '');
    gl.attachShader(program, shader);
  };
  attach(gl.VERTEX_SHADER, 'void main() { gl_Position = vec4(0, 0, 0, 1); gl_PointSize = 1.0; }');
  attach(
    gl.FRAGMENT_SHADER,
    `uniform vec4 p; uniform vec4 q; uniform vec4 r; uniform float u_dash[128]; out vec4 result;
     ${functions}
     void main() { result = ${expression} + 0.0 * (p + q + r + u_dash[0]); }`,
  );
  gl.linkProgram(program);
  gl.useProgram(program);
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  const texture = gl.getParameter(gl.TEXTURE_BINDING_2D) as WebGLTexture;
  gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA32F, 1, 1);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  gl.viewport(0, 0, 1, 1);
  const place = (name: string) => gl.getUniformLocation(program, name);
  const run = (p: number[], q: number[], r: number[], dash: number[] = [0]): number[] => {
    gl.uniform4fv(place('p'), p);
    gl.uniform4fv(place('q'), q);
    gl.uniform4fv(place('r'), r);
    gl.uniform1fv(place('u_dash'), dash);
    gl.drawArrays(gl.POINTS, 0, 1);
    const pixel = new Float32Array(4);
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.FLOAT, pixel);
    return Array.from(pixel);
  };
  return { run, end: () => gl.getExtension('WEBGL_lose_context')?.loseContext() };
};

const limit = (value: number) => Math.min(Math.max(value, 0), 1);

/** Twin of `roundedCoverage`: the distance told by cases, not by the formula. */
const roundedCoverage = (
  x: number,
  y: number,
  halfWidth: number,
  halfHeight: number,
  radius: number,
): number => {
  const [dx, dy] = [Math.abs(x) - (halfWidth - radius), Math.abs(y) - (halfHeight - radius)];
  let distance: number;
  if (dx > 0 && dy > 0) distance = Math.hypot(dx, dy) - radius;
  else distance = Math.max(dx, dy) - radius;
  return limit(0.5 - distance);
};

const over = (a: readonly number[], b: readonly number[]) => a.map((value, i) => value + b[i]! * (1 - a[3]!));

/** Twin of `dashOn`: walks along the pattern. */
const dashOn = (s: number, lengths: readonly number[]): boolean => {
  const period = lengths.reduce((sum, length) => sum + length, 0);
  let left = ((s % period) + period) % period;
  for (const [i, length] of lengths.entries()) {
    if (left < length) return i % 2 === 0;
    left -= length;
  }
  return true;
};

const near = (actual: readonly number[], expected: readonly number[], what: string) => {
  for (const [i, value] of expected.entries()) {
    assert(Math.abs(actual[i]! - value) < 2e-4, `${what}: ${actual} instead of ${expected}`);
  }
};

describe('shader functions on one pixel', () => {
  it(`roundedCoverage equals its twin (seed ${SEED})`, () => {
    const random = dice(SEED);
    const { run, end } = onePixel(shapeFunctions, 'vec4(roundedCoverage(p.xy, p.zw, q.x))');
    for (let i = 0; i < 400; i += 1) {
      const half = [0.5 + random() * 40, 0.5 + random() * 20] as const;
      const radius = random() * Math.min(...half);
      const [x, y] = [(random() * 2 - 1) * (half[0] + 2), (random() * 2 - 1) * (half[1] + 2)];
      const [value] = run([x, y, ...half], [radius, 0, 0, 0], [0, 0, 0, 0]);
      near([value!], [roundedCoverage(x, y, ...half, radius)], `(${x}, ${y}) in ${half}, radius ${radius}`);
    }
    end();
  });

  it(`roundedFill equals its twin: fill inside, border over fill in the ring (seed ${SEED + 1})`, () => {
    const random = dice(SEED + 1);
    const fill = [0.2, 0.1, 0.3, 0.5];
    const border = [0.1, 0.4, 0, 0.6];
    const { run, end } = onePixel(
      shapeFunctions,
      'roundedFill(p.xy, q, vec4(0.2, 0.1, 0.3, 0.5), vec4(0.1, 0.4, 0.0, 0.6))',
    );
    for (let i = 0; i < 300; i += 1) {
      const [halfWidth, halfHeight] = [3 + random() * 20, 3 + random() * 10];
      const radius = random() * 3;
      const thick = Math.floor(random() * 3);
      const [x, y] = [(random() * 2 - 1) * halfWidth, (random() * 2 - 1) * halfHeight];
      const outer = roundedCoverage(x, y, halfWidth, halfHeight, radius);
      const inner = thick
        ? roundedCoverage(x, y, halfWidth - thick, halfHeight - thick, Math.max(radius - thick, 0))
        : outer;
      const ring = over(border, fill);
      const expected = fill.map((value, c) => value * inner + ring[c]! * (outer - inner));
      near(
        run([x, y, 0, 0], [halfWidth, halfHeight, radius, thick], [0, 0, 0, 0]),
        expected,
        `${x}, ${y}, ${thick}`,
      );
    }
    end();
  });

  it(`slantedCoverage equals its twin (seed ${SEED + 2})`, () => {
    const random = dice(SEED + 2);
    const { run, end } = onePixel(shapeFunctions, 'vec4(slantedCoverage(p.xy, q))');
    for (let i = 0; i < 300; i += 1) {
      const angle = random() * 7;
      const [half, thick] = [1 + random() * 30, 0.5 + random() * 4];
      const [along, across] = [(random() * 2 - 1) * (half + 1), (random() * 2 - 1) * (thick + 1)];
      const x = along * Math.cos(angle) - across * Math.sin(angle);
      const y = along * Math.sin(angle) + across * Math.cos(angle);
      const expected = limit(half + 0.5 - Math.abs(along)) * limit(thick + 0.5 - Math.abs(across));
      const [value] = run([x, y, 0, 0], [half, thick, Math.cos(angle), Math.sin(angle)], [0, 0, 0, 0]);
      near([value!], [expected], `${along} along, ${across} across`);
    }
    end();
  });

  it('dashOn equals its twin, for patterns anywhere in the table', () => {
    const { run, end } = onePixel(dashFunctions, 'vec4(dashOn(p.x, int(p.y), int(p.z), p.w) ? 1.0 : 0.0)');
    for (const lengths of [
      [2, 2],
      [5, 1, 2, 3],
      [2.5, 2.5],
      [0, 3],
      [1, 0],
      [7, 2, 1, 7, 2, 1],
    ]) {
      let sum = 0;
      const sums = lengths.map((length) => {
        sum += length;
        return sum;
      });
      for (let i = 0; i < 60; i += 1) {
        const s = i * 0.5 + 1 / 64;
        const [value] = run([s, 3, lengths.length, sum], [0, 0, 0, 0], [0, 0, 0, 0], [9, 9, 9, ...sums]);
        near([value!], [dashOn(s, lengths) ? 1 : 0], `${lengths} at ${s}`);
      }
    }
    end();
  });

  it('a pattern without stretches is on everywhere', () => {
    const { run, end } = onePixel(dashFunctions, 'vec4(dashOn(p.x, 0, 0, 1.0) ? 1.0 : 0.0)');
    near(run([3.3, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]), [1], 'solid');
    end();
  });
});
