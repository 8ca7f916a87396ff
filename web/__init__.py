"""What the browser shows; the only package that imports gradio. What makes HTML or text imports nothing of it."""
