"""A real JupyterLab with the anywidget package, in a folder of its own: prints its address, and the last line once it serves.

Usage: jupyterlab.py DIST FOLDER. DIST/anywidget.js is the module. Needs jupyterlab, anywidget and numpy.
"""
import json
import os
import re
import sys

dist, folder = map(os.path.abspath, sys.argv[1:3])

# The widget of the guide, as it stands there.
guide = os.path.join(os.path.dirname(__file__), "../../demo/docs/pages/07-notebooks.md")
WIDGET = re.search(r"^```py\n(.*?)^```", open(guide).read(), re.M | re.S)[1].replace(
    '"anywidget.js"', json.dumps(dist + "/anywidget.js"))
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
