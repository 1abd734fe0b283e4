"""The chat in the browser: a Gradio page and the server around it."""

import os

# Gradio reads this while it is imported; without it the server looks up hosts outside.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
