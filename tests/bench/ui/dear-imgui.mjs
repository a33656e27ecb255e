import { ImGui, ImGuiImplWeb, ImGuiWindowFlags, ImVec2 } from '@mori2003/jsimgui';
import { breeds } from './form.ts';

const columns = 4;
const flags =
  ImGuiWindowFlags.NoTitleBar |
  ImGuiWindowFlags.NoResize |
  ImGuiWindowFlags.NoMove |
  ImGuiWindowFlags.NoSavedSettings;

const buildGroup = (group) => {
  ImGui.PushID(group.title);
  ImGui.Text(group.title);
  ImGui.Button(group.buttons[0], new ImVec2(130, 0));
  ImGui.SameLine();
  ImGui.Button(group.buttons[1], new ImVec2(130, 0));
  group.flags.forEach((flag, i) => {
    ImGui.Checkbox(i === 0 ? 'Reviewed' : 'Exclude', [flag]);
  });
  group.levels.forEach((level, i) => {
    ImGui.SetNextItemWidth(264);
    ImGui.SliderInt(`##level${i}`, [level], 0, 100);
  });
  ImGui.SetNextItemWidth(160);
  ImGui.InputText('##text', [group.text], 64);
  ImGui.SameLine();
  ImGui.SetNextItemWidth(96);
  ImGui.InputInt('##count', [group.count]);
  if (ImGui.BeginListBox('##breed', new ImVec2(264, 110))) {
    breeds.forEach((breed, i) => {
      ImGui.Selectable(breed, i === group.chosen);
    });
    ImGui.EndListBox();
  }
  ImGui.PopID();
};

const buildForm = (form, size) => {
  ImGui.SetNextWindowPos(new ImVec2(0, 0));
  ImGui.SetNextWindowSize(size);
  ImGui.Begin('Form', null, flags);
  if (ImGui.BeginTable('page', columns)) {
    for (const group of form) {
      ImGui.TableNextColumn();
      buildGroup(group);
    }
    ImGui.EndTable();
  }
  ImGui.End();
};

/** Dear ImGui, compiled to wasm, drawing with WebGL2: it runs and draws everything in every frame, and has no elements. */
export const dearImGui = (form) => async (host) => {
  const canvas = document.createElement('canvas');
  const size = new ImVec2(1240, Math.ceil(form.length / columns) * 360);
  canvas.width = size.x;
  canvas.height = size.y;
  canvas.style.display = 'block';
  host.append(canvas);
  await ImGuiImplWeb.Init({ canvas, backend: 'webgl2' });
  const io = ImGui.GetIO();
  const draw = () => {
    ImGuiImplWeb.BeginRender();
    buildForm(form, size);
    ImGuiImplWeb.EndRender();
  };
  draw();
  const at = (x, y) => {
    io.AddMousePosEvent(x, y);
    draw();
  };
  return {
    change(round) {
      const group = form[(round * 3) % form.length];
      group.levels[round % 2] = (group.levels[round % 2] + 37) % 101;
      draw();
    },
    rest: (round) => at(1, 1 + (round % 2)),
    hover: (round) => at(40 + (round % columns) * 300, 30 + ((round * 53) % (size.y - 60))),
    dispose: () => canvas.remove(),
  };
};
