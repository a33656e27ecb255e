import { DASH_ENTRIES } from './dash-table.js';

/**
 * GLSL of the two programs. Functions that compute something stand alone, so that tests can run them on one pixel and compare the numbers.
 * No place has to be asked for, as the browser waits for the answer: attributes are numbered, textures lie in unit 0, dashes in buffer 0,
 * which are what a new program uses; the canvas's size in px is an attribute that is the same everywhere.
 *
 * Fills and what `params` and `local` hold:
 * 0 solid     colour alone
 * 1 rounded   local: from the centre, px; params: half width, half height, radius, border width; colour fill, colour2 border
 * 2 slanted   local: from the centre, px; params: half length, half thickness, cosine and sine of the direction
 * 3 coverage  local: texels of the atlas, whose alpha is multiplied with the colour
 * 4 picture   local: texels of the atlas, whose colours are drawn as they are
 * 5 dashed    local: their sum is the length along the outline, px; params: start and count in u_dash, period
 */
export const shapeFunctions = `
/** Share of a pixel at p (from the centre of the rectangle) that a rounded rectangle covers: its signed distance, one px wide. */
float roundedCoverage(vec2 p, vec2 halfSize, float radius) {
  vec2 q = abs(p) - halfSize + radius;
  float distance = length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - radius;
  return clamp(0.5 - distance, 0.0, 1.0);
}

/** A over b, both premultiplied. */
vec4 over(vec4 a, vec4 b) {
  return a + b * (1.0 - a.a);
}

/** Fill with a border inside its edge; the border lies over the fill. Premultiplied. */
vec4 roundedFill(vec2 p, vec4 shape, vec4 fill, vec4 border) {
  float outer = roundedCoverage(p, shape.xy, shape.z);
  float inner = shape.w > 0.0 ? roundedCoverage(p, shape.xy - shape.w, max(shape.z - shape.w, 0.0)) : outer;
  return fill * inner + over(border, fill) * (outer - inner);
}

/** Share of a pixel covered by a bar from its centre, given by half length and half thickness and its direction. */
float slantedCoverage(vec2 p, vec4 bar) {
  vec2 q = vec2(dot(p, bar.zw), dot(p, vec2(-bar.w, bar.z)));
  vec2 share = clamp(bar.xy + 0.5 - abs(q), 0.0, 1.0);
  return share.x * share.y;
}
`;

/** `u_dash` holds the ends of the stretches, on and off by turns. */
export const dashFunctions = `
/** Whether the outline is on at length s. */
bool dashOn(float s, int start, int count, float period) {
  float at = s - period * floor(s / period);
  for (int i = 0; i < count; i += 1) {
    if (at < u_dash[start + i]) return (i & 1) == 0;
  }
  return true;
}
`;

/** Of the attribute that holds the size of what is drawn on. */
export const SIZE_PLACE = 6;

/** Colours come straight and leave premultiplied. */
export const vertexSource = `#version 300 es
layout(location = 0) in vec2 a_position;
layout(location = 1) in vec2 a_local;
layout(location = 2) in vec4 a_params;
layout(location = 3) in vec4 a_color;
layout(location = 4) in vec4 a_color2;
layout(location = 5) in float a_fill;
layout(location = ${SIZE_PLACE}) in vec2 a_size;
vec4 premultiplied(vec4 color) {
  return vec4(color.rgb * color.a, color.a);
}
out vec2 v_local;
flat out vec4 v_params;
flat out vec4 v_color;
flat out vec4 v_color2;
flat out int v_fill;
void main() {
  v_local = a_local;
  v_params = a_params;
  v_color = premultiplied(a_color);
  v_color2 = premultiplied(a_color2);
  v_fill = int(a_fill);
  gl_Position = vec4(a_position / a_size * vec2(2, -2) + vec2(-1, 1), 0, 1);
}
`;

export const shapeFragmentSource = `#version 300 es
precision highp float;
precision highp int;
in vec2 v_local;
flat in vec4 v_params;
flat in vec4 v_color;
flat in vec4 v_color2;
flat in int v_fill;
uniform highp sampler2D u_atlas;
layout(std140) uniform Dashes {
  float u_dash[${DASH_ENTRIES}];
};
out vec4 outColor;
${shapeFunctions}
${dashFunctions}
void main() {
  if (v_fill == 0) {
    outColor = v_color;
  } else if (v_fill == 1) {
    outColor = roundedFill(v_local, v_params, v_color, v_color2);
  } else if (v_fill == 2) {
    outColor = v_color * slantedCoverage(v_local, v_params);
  } else if (v_fill == 3) {
    outColor = v_color * texelFetch(u_atlas, ivec2(v_local), 0).a;
  } else if (v_fill == 4) {
    outColor = texelFetch(u_atlas, ivec2(v_local), 0);
  } else {
    bool on = dashOn(v_local.x + v_local.y, int(v_params.x), int(v_params.y), v_params.z);
    outColor = on ? over(v_color2, v_color) : v_color;
  }
}
`;

/** Tiles: local are texture coordinates 0…1, the colour's alpha is the opacity. Textures are premultiplied. */
export const tileFragmentSource = `#version 300 es
precision highp float;
in vec2 v_local;
flat in vec4 v_color;
uniform highp sampler2D u_tile;
out vec4 outColor;
void main() {
  outColor = texture(u_tile, v_local) * v_color.a;
}
`;
