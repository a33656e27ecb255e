"""A real JupyterLab with the anywidget package, in a folder of its own: prints its address, and the last line once it serves.

Usage: jupyterlab.py DIST FOLDER. DIST/anywidget.js is the module. Needs jupyterlab, anywidget and numpy.
"""
import json
import os
import sys

dist, folder = map(os.path.abspath, sys.argv[1:3])

WIDGET = f'''
import pathlib, anywidget, numpy as np, traitlets

class Boxes(anywidget.AnyWidget):
    _esm = pathlib.Path({json.dumps(dist + "/anywidget.js")})
    inputs = traitlets.List().tag(sync=True)
    targets = traitlets.List().tag(sync=True)
    options = traitlets.Dict().tag(sync=True)
    index = traitlets.Int(0).tag(sync=True)
    changes = traitlets.List().tag(sync=True)
    pictures = traitlets.Bytes().tag(sync=True)
    boxes = traitlets.Bytes().tag(sync=True, from_json=lambda view, _: bytes(view))

    def __init__(self):
        pictures = np.full((2, 200, 300), 128, np.uint8)
        super().__init__(
            pictures=pictures.tobytes(),
            boxes=np.zeros((2, 4), np.float32).tobytes(),
            inputs=[dict(type="ImageInnotation", desc="Scan",
                         data=dict(trait="pictures", dtype="uint8", shape=pictures.shape))],
            targets=[dict(type="BoundingBoxInnotation", desc="Box",
                          data=dict(trait="boxes", dtype="float32", shape=(2, 4)))],
            options=dict(save=True))
        self.on_msg(lambda _, message, __: self.send(dict(type="saved", id=message["id"], ok=True)))

widget = Boxes()
widget
'''
READ = '''print("read", np.frombuffer(widget.boxes, np.float32).reshape(2, 4).tolist(), widget.changes)'''
SET = '''widget.boxes = np.array([[1, 2, 3, 4], [0, 0, 0, 0]], np.float32).tobytes()'''

cell = lambda source: dict(cell_type="code", execution_count=None, metadata={}, outputs=[], source=source.strip())
notebook = dict(
    cells=[cell(WIDGET), cell(READ), cell(SET)],
    metadata=dict(kernelspec=dict(name="python3", display_name="Python 3", language="python")),
    nbformat=4, nbformat_minor=4)

os.makedirs(folder, exist_ok=True)
with open(f"{folder}/boxes.ipynb", "w") as file:
    json.dump(notebook, file)

port = os.environ.get("PORT", "8899")
os.execv(sys.executable, [
    sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--ServerApp.port_retries=0",
    "--IdentityProvider.token=", "--ServerApp.password=", "--ServerApp.disable_check_xsrf=True",
    f"--ServerApp.root_dir={folder}"])
