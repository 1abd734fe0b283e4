"""The chat in the browser: a Gradio page and the server around it."""
